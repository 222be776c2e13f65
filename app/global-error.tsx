"use client";

import { useEffect } from "react";
import { errorFacts, isLineDown } from "@/components/feedback/error-facts";
import { FullPage } from "@/components/feedback/full-page";
import { cn } from "@/components/ui/class-names";
import "./globals.css";

const act = "inline-flex h-(--control) items-center rounded-md border px-[11px] text-13 font-medium coarse:text-14";

/**
 * The layout itself broke: nothing of it can be relied on, not even the theme's script. It cannot be fetched when it is needed,
 * because it is the last boundary; it is sent along with every page, so it is made of plain elements: the button would bring
 * its machinery twice.
 */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const { requestId } = errorFacts(error);
  const isDown = isLineDown(error);
  useEffect(() => console.error(error), [error]);
  useEffect(() => {
    if (!isDown) return;
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [isDown, retry]);

  return (
    <html lang="en">
      <body>
        <title>This page broke · Madan Sara</title>
        <main>
          <FullPage
            title={isDown ? "There is no line to the server" : "This page broke"}
            actions={
              <>
                <button
                  type="button"
                  onClick={retry}
                  className={cn(act, "border-accent bg-accent text-accent-ink hover:bg-accent-hover")}
                >
                  Try again
                </button>
                <a href="/overview" className={cn(act, "border-line-strong bg-surface hover:bg-hover")}>
                  Go to the overview
                </a>
              </>
            }
          >
            {isDown ? (
              <p>It is asked for again when the line is back. What was saved is safe.</p>
            ) : (
              <p>
                What was saved is safe, and what runs goes on. If it breaks again, tell us when it did.
                {requestId && <span className="ml-1.5 font-mono text-12 text-faint">{requestId}</span>}
              </p>
            )}
          </FullPage>
        </main>
      </body>
    </html>
  );
}
