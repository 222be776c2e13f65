"use client";

import { lazy, Suspense } from "react";

// Fetched when it is needed: this file is part of every page. Where it cannot be fetched either, the last boundary takes over.
const BrokenPage = lazy(() =>
  import("@/components/feedback/broken-page").then((part) => ({ default: part.BrokenPage })),
);

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main>
      <Suspense fallback={null}>
        <BrokenPage error={error} onRetry={retry} />
      </Suspense>
    </main>
  );
}
