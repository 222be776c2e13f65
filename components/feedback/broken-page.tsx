"use client";

import { RotateCw } from "lucide-react";
import { useEffect } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { useCopy } from "@/components/ui/copy-button";
import { errorDetails, errorFacts, isLineDown } from "./error-facts";
import { FullPage } from "./full-page";

/** For the error boundary of a page or of all pages. */
export function BrokenPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { isCopied, copy } = useCopy();
  const facts = errorFacts(error);
  const isDown = isLineDown(error);

  useEffect(() => console.error(error), [error]);
  useEffect(() => {
    if (!isDown) return;
    window.addEventListener("online", onRetry);
    return () => window.removeEventListener("online", onRetry);
  }, [isDown, onRetry]);

  return (
    <div role="alert">
      <FullPage
        title={isDown ? "There is no line to the server" : "This page broke"}
        actions={
          <>
            <Button variant="primary" icon={<RotateCw aria-hidden="true" />} onClick={onRetry}>
              Try again
            </Button>
            <ButtonLink href="/overview">Go to the overview</ButtonLink>
            <Button
              variant="quiet"
              onClick={() => void copy(errorDetails("This page broke", error, window.location.pathname, new Date()))}
            >
              {isCopied ? "Copied" : "Copy details"}
            </Button>
          </>
        }
      >
        {isDown ? (
          <p>It is asked for again when the line is back. What was saved is safe.</p>
        ) : (
          <p>
            What was saved is safe, and what runs goes on. If it breaks again, send us the details.
            {facts.requestId && <span className="ml-1.5 font-mono text-12 text-faint">{facts.requestId}</span>}
          </p>
        )}
      </FullPage>
    </div>
  );
}
