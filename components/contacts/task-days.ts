import { dayIn, startOfDay } from "@/components/access/days";

/** The last second of a day where the reader is: "by Friday" ends when Friday does. */
export function endOfDay(day: string, timeZone: string): string | null {
  const next = startOfDay(day, timeZone, 1);
  return next && new Date(next.getTime() - 1_000).toISOString();
}

/** The day a moment lies in, as a date field writes it. */
export const dayOf = (at: string, timeZone: string): string => dayIn(timeZone, new Date(at));
