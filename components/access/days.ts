const dayMs = 24 * 60 * 60_000;

/** "2026-11-20" as the first moment of that day where the workspace is. Null where the text is no day. */
export function startOfDay(day: string, timeZone: string, daysLater = 0): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null;
  const wall = midnight + daysLater * dayMs;
  // Twice: on the day a clock is changed, the first guess may stand on the other side of the change.
  const guess = wall - offsetMs(wall, timeZone);
  return new Date(wall - offsetMs(guess, timeZone));
}

/** How far the wall clock of the zone is ahead of UTC at this instant. */
function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(instant);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "00";
  const wall = `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}Z`;
  return Date.parse(wall) - Math.floor(instant / 1_000) * 1_000;
}

/** The day it is where the workspace is, and days around it. */
export function dayIn(timeZone: string, now: Date, daysLater = 0): string {
  const today = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(now);
  return new Date(Date.parse(`${today}T00:00:00Z`) + daysLater * dayMs).toISOString().slice(0, 10);
}
