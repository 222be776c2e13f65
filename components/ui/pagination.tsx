"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "./button";

export type PageTurns =
  | {
      kind: "more";
      hasMore: boolean;
      isLoading?: boolean;
      onMore: () => void;
      shown: number;
      total?: number | undefined;
    }
  | { kind: "pages"; onPrevious?: (() => void) | undefined; onNext?: (() => void) | undefined; says?: string };

/** Cursors know "more", "before" and "after", never "page 7 of 90". */
export function Pagination(turns: PageTurns) {
  if (turns.kind === "more") {
    const shown = turns.shown.toLocaleString();
    return (
      <div className="flex min-h-10 flex-wrap items-center gap-3 text-12 text-soft">
        <span className="num" aria-live="polite">
          {turns.total === undefined ? `${shown} shown` : `${shown} of ${turns.total.toLocaleString()}`}
          {!turns.hasMore && turns.shown > 0 && ", that is all"}
        </span>
        {turns.hasMore && (
          <Button size="row" busy={turns.isLoading ?? false} onClick={turns.onMore}>
            Show more
          </Button>
        )}
      </div>
    );
  }
  return (
    <nav aria-label="Pages" className="flex min-h-10 items-center gap-2 text-12 text-soft">
      {turns.says && <span className="num mr-auto">{turns.says}</span>}
      <Button
        size="row"
        icon={<ChevronLeft aria-hidden="true" />}
        disabled={!turns.onPrevious}
        onClick={() => turns.onPrevious?.()}
      >
        Newer
      </Button>
      <Button size="row" disabled={!turns.onNext} onClick={() => turns.onNext?.()}>
        Older <ChevronRight aria-hidden="true" />
      </Button>
    </nav>
  );
}
