/** What a chart is given: words, numbers, and what kind of claim they are. */
export type Series = {
  id: string;
  label: string;
  /** A colour with a meaning: `var(--chart-1)`, `var(--ch-email)`. Facts without one are ink. */
  color?: string;
  /** Facts are drawn full; what we estimate is indigo and dashed; the period before is faint and dotted. */
  claim?: "fact" | "estimate" | "before";
};

/** One place on the horizontal axis, with a value for each series; null where there is none. */
export type Point = { at: string; values: Readonly<Record<string, number | null>> };

export function colorOf(series: Series): string {
  if (series.color) return series.color;
  if (series.claim === "estimate") return "var(--tone-info)";
  return series.claim === "before" ? "var(--ink-faint)" : "var(--ink-soft)";
}

export function dashOf(series: Series): string | undefined {
  if (series.claim === "estimate") return "4 4";
  return series.claim === "before" ? "1.5 3" : undefined;
}
