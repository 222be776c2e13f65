"use client";

import { BrokenPage } from "@/components/feedback/broken-page";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main>
      <BrokenPage error={error} onRetry={retry} />
    </main>
  );
}
