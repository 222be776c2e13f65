"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

const mostLines = 24;
const mostLetters = 4_000;

/** What a program wrote, shown as text and nothing else: whatever it looks like, it is not run, loaded or followed. */
export function JsonValue({ label, value }: { label: string; value: unknown }) {
  return <CodeText label={label} text={JSON.stringify(value, null, 2) ?? "null"} />;
}

export function CodeText({ label, text }: { label: string; text: string }) {
  const [isAll, setAll] = useState(false);
  const lines = text.split("\n");
  const cut = lines.slice(0, mostLines).join("\n").slice(0, mostLetters);
  const isCut = cut.length < text.length;
  return (
    <figure className="min-w-0 rounded-md border border-line bg-sunken">
      <figcaption className="flex min-h-9 items-center gap-2 border-b border-line pr-1 pl-3 text-12 text-soft">
        <span className="grow">{label}</span>
        {isCut && (
          <Button size="row" variant="quiet" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
            {isAll ? "Show less" : `Show all ${sizeWords(lines.length, text.length)}`}
          </Button>
        )}
        <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} iconOnly size="row" />
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a region would be a landmark, and a page shows many of these */}
      <div
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part needs a way in for the keyboard
        tabIndex={0}
        aria-label={label}
        className="focus-inset max-h-[60dvh] overflow-auto px-3 py-2.5"
      >
        <pre className="font-mono text-12 leading-[18px] whitespace-pre-wrap [overflow-wrap:anywhere]">
          <code>
            {isAll ? text : cut}
            {isCut && !isAll && "\n…"}
          </code>
        </pre>
      </div>
    </figure>
  );
}

function sizeWords(lines: number, letters: number): string {
  return lines > mostLines
    ? `${lines.toLocaleString("en")} lines`
    : `${Math.ceil(letters / 1_000).toLocaleString("en")} kB`;
}

/** A value that was too long to come along: fetched when somebody wants to see it. */
export function LongValue({
  label,
  query,
}: {
  label: string;
  query: { queryKey: readonly unknown[]; load: (signal: AbortSignal) => Promise<unknown> };
}) {
  const [isWanted, setWanted] = useState(false);
  const found = useQuery({
    queryKey: query.queryKey,
    queryFn: ({ signal }) => query.load(signal),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (found.data !== undefined) return <JsonValue label={label} value={found.data} />;
  return (
    <p className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-sunken px-3 py-2 text-13 text-soft">
      {label} is long, so it did not come along.
      <Button size="row" busy={found.isFetching} onClick={() => (isWanted ? void found.refetch() : setWanted(true))}>
        {found.error ? "Try again" : "Show all"}
      </Button>
      {found.error && <span className="text-bad">{found.error.message}</span>}
    </p>
  );
}
