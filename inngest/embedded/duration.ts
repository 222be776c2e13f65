const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `1d12h`, `90s`, `500ms`: as the SDK writes them. Null where it is none. */
export function durationMs(text: string): number | null {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|w|d|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== text.trim().replaceAll(" ", "")) return null;
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit as keyof typeof units], 0);
}

/** A sleep is told as a duration or as a moment. */
export function momentOf(text: string, now: Date): Date | null {
  const ms = durationMs(text);
  if (ms !== null) return new Date(now.getTime() + ms);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at);
}
