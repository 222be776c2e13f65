"use client";

import { RotateCw, TriangleAlert, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { useCopy } from "@/components/ui/copy-button";
import { errorDetails, errorFacts, isLineDown } from "./error-facts";

/** What failed, what is safe, and the way on. */
export function ErrorState({
  title,
  safe,
  error,
  onRetry,
  isRetrying = false,
  action,
  look = "panel",
}: {
  /** "The campaigns did not load" */
  title: string;
  /** "Sending goes on as planned; only this list is affected." */
  safe?: ReactNode;
  error: unknown;
  onRetry?: (() => void) | undefined;
  isRetrying?: boolean;
  action?: ReactNode;
  look?: "panel" | "bare";
}) {
  const { isCopied, copy } = useCopy();
  const facts = errorFacts(error);
  const isDown = isLineDown(error);
  const refusal = facts.status !== null && facts.status >= 400 && facts.status < 500 ? facts.message : null;
  return (
    <div
      role="alert"
      className={cn(
        "flex min-h-[212px] flex-col items-start justify-center px-7 py-8",
        look === "panel" && "rounded-lg border border-line bg-surface",
      )}
    >
      {isDown ? (
        <WifiOff aria-hidden="true" className="mb-2 !size-5 text-waiting" />
      ) : (
        <TriangleAlert aria-hidden="true" className="mb-2 !size-5 text-bad" />
      )}
      <h2>{title}</h2>
      <p className="mt-1 max-w-[52ch] text-13 text-soft">
        {isDown
          ? "There is no line to the server. It loads by itself when the line is back. "
          : refusal
            ? `${refusal} `
            : ""}
        {safe}
        {facts.requestId && (
          <span className="ml-1.5 font-mono text-12 whitespace-nowrap text-faint">{facts.requestId}</span>
        )}
      </p>
      <div className="mt-3.5 flex flex-wrap gap-2">
        {onRetry && (
          <Button icon={<RotateCw aria-hidden="true" />} busy={isRetrying} onClick={onRetry}>
            Try again
          </Button>
        )}
        {action}
        <Button
          variant="quiet"
          onClick={() => void copy(errorDetails(title, error, window.location.pathname, new Date()))}
        >
          {isCopied ? "Copied" : "Copy details"}
        </Button>
      </div>
    </div>
  );
}
