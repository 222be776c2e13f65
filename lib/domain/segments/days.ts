/** Which day it is in a zone, as YYYY-MM-DD. */
export function dayIn(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const of = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${of.year?.padStart(4, "0")}-${of.month}-${of.day}`;
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The days of the year that are celebrated on `day`: a 29 February is on the 28th where there is no 29th. */
export function celebratedOn(day: string): string[] {
  const own = day.slice(5);
  return own === "02-28" && addDays(day, 1).slice(5) !== "02-29" ? [own, "02-29"] : [own];
}
