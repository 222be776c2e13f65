export type Day<Item> = { key: string; label: string; items: Item[] };

/** A time line in days as the reader counts them: the items come newest first, and stay so. */
export function byDay<Item extends { at: string }>(
  items: readonly Item[],
  { timeZone, locale, now }: { timeZone: string; locale: string; now: Date },
): Day<Item>[] {
  const keyOf = (at: Date) =>
    new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
  const today = keyOf(now);
  const days: Day<Item>[] = [];
  for (const item of items) {
    const at = new Date(item.at);
    const key = keyOf(at);
    const last = days.at(-1);
    if (last?.key === key) last.items.push(item);
    else days.push({ key, label: labelOf(key, today, locale), items: [item] });
  }
  return days;
}

function labelOf(key: string, today: string, locale: string): string {
  // Days are compared and written as days: noon in UTC is the same day whatever the zone that named it.
  const noon = (day: string) => new Date(`${day}T12:00:00Z`);
  const apart = Math.round((noon(today).getTime() - noon(key).getTime()) / 86_400_000);
  if (apart === 0) return "Today";
  if (apart === 1) return "Yesterday";
  const sameYear = key.slice(0, 4) === today.slice(0, 4);
  // Put together here: the runtimes of server and browser disagree about the comma between.
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(noon(key));
  const date = part({ day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
  return sameYear ? `${part({ weekday: "short" })} ${date}` : date;
}
