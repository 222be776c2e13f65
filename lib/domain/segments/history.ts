import { addDays } from "./days";

export type HistoryDay = { day: string; size: number; entered: number; left: number };

/** A line for each of the last `days` days: one on which nothing was noted keeps the size of the day before. */
export function trendOf(
  noted: readonly { day: string; size: number; entered: number; left: number }[],
  today: string,
  days: number,
): HistoryDay[] {
  const first = addDays(today, 1 - days);
  const byDay = new Map(noted.map((line) => [line.day, line]));
  let size = noted.filter(({ day }) => day < first).at(-1)?.size ?? 0;
  return Array.from({ length: days }, (_, at) => {
    const day = addDays(first, at);
    const line = byDay.get(day);
    size = line?.size ?? size;
    return { day, size, entered: line?.entered ?? 0, left: line?.left ?? 0 };
  });
}
