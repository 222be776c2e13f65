/** How a word in the address is read: what it does not understand is as if it were not there. */
export type UrlWord<Value> = (text: string) => Value | null;
export type UrlWords = Record<string, UrlWord<unknown>>;
export type UrlState<Words extends UrlWords> = { [Name in keyof Words]: ReturnType<Words[Name]> };

export const urlText: UrlWord<string> = (text) => text || null;
/** `?new=1`: there or not. */
export const urlFlag: UrlWord<true> = (text) => (text === "1" ? true : null);
export const urlOneOf =
  <Value extends string>(values: readonly Value[]): UrlWord<Value> =>
  (text) =>
    values.find((value) => value === text) ?? null;

/** The first of a name counts, in the browser as on the server. */
export function readUrlState<Words extends UrlWords>(
  words: Words,
  find: (name: string) => string | null | undefined,
): UrlState<Words> {
  const entries = Object.entries(words).map(([name, read]) => {
    const text = find(name);
    return [name, text === null || text === undefined ? null : read(text)];
  });
  return Object.fromEntries(entries) as UrlState<Words>;
}

/** The search part with some words changed; null takes one away, the others stay as they are. */
export function changedSearch(search: string, changes: Record<string, unknown>): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "" || value === false) next.delete(name);
    else next.set(name, value === true ? "1" : String(value));
  }
  const text = next.toString();
  return text && `?${text}`;
}
