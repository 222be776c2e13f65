"use client";

import { BrokenPage } from "@/components/feedback/broken-page";
import "./globals.css";

/** The layout itself broke: nothing of it can be relied on, not even the theme's script. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>This page broke · Madan Sara</title>
        <main>
          <BrokenPage error={error} onRetry={retry} />
        </main>
      </body>
    </html>
  );
}
