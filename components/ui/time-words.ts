const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type TimeSettings = { locale?: string | undefined; timeZone?: string | undefined };

/** "09:12 in Port-au-Prince": the last part of the zone's name, as people say it. */
export function zonePlace(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

/** Near: "now", "18 min ago", "in 2 h", "yesterday 09:12", then the date. Rounded down, so that "1 h ago" has lasted an hour. */
export function relativeTime(at: Date, now: Date, { locale = "en-GB", timeZone }: TimeSettings = {}): string {
  const gap = at.getTime() - now.getTime();
  const size = Math.abs(gap);
  if (size < 45_000) return "now";
  const say = (amount: number, unit: string) => (gap < 0 ? `${amount} ${unit} ago` : `in ${amount} ${unit}`);
  if (size < hour) return say(Math.max(1, Math.floor(size / minute)), "min");
  if (size < 12 * hour) return say(Math.floor(size / hour), "h");

  const apart = daysApart(at, now, timeZone);
  const clock = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(at);
  if (apart === 0) return clock;
  if (apart === -1) return `yesterday ${clock}`;
  if (apart === 1) return `tomorrow ${clock}`;
  if (Math.abs(apart) < 7)
    return `${new Intl.DateTimeFormat(locale, { weekday: "short", timeZone }).format(at)} ${clock}`;
  const sameYear = yearIn(at, timeZone) === yearIn(now, timeZone);
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
    timeZone,
  }).format(at);
}

/** In full, with the zone: always where it is not the reader's, for whoever hovers. */
export function absoluteTime(at: Date, { locale = "en-GB", timeZone }: TimeSettings = {}): string {
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Put together here: the runtimes of server and browser disagree about the commas between.
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(at);
  const date = part({ day: "numeric", month: "long", year: "numeric" });
  const clock = part({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  return `${part({ weekday: "long" })} ${date}, ${clock}, ${zone === "UTC" ? "UTC" : zonePlace(zone)}`;
}

/** How long the relative words stay true. */
export function staysTrueMs(at: Date, now: Date): number {
  const size = Math.abs(at.getTime() - now.getTime());
  if (size < hour) return 15_000;
  return size < 12 * hour ? 5 * minute : hour;
}

/** "45 s", "12 min", "1 h 20", "3 days". */
export function durationWords(ms: number): string {
  if (ms < minute) return `${Math.max(0, Math.round(ms / 1_000))} s`;
  if (ms < hour) return `${Math.round(ms / minute)} min`;
  if (ms < day) {
    const minutes = Math.round(ms / minute);
    return minutes % 60 === 0
      ? `${minutes / 60} h`
      : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
  }
  const days = Math.round(ms / day);
  return days === 1 ? "1 day" : `${days} days`;
}

function dayNumber(at: Date, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    timeZone,
  }).format(at);
  return Math.round(Date.parse(`${parts}T00:00:00Z`) / day);
}

function daysApart(at: Date, now: Date, timeZone: string | undefined): number {
  return dayNumber(at, timeZone) - dayNumber(now, timeZone);
}

function yearIn(at: Date, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat("en", { year: "numeric", timeZone }).format(at);
}
