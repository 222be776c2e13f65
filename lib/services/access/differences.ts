/** What an audit line tells of a change: only the fields that really differ. Null where nothing does. */
export function differences<Row extends Record<string, unknown>>(before: Row, wanted: Partial<Row>) {
  const names = Object.keys(wanted).filter(
    (name) => wanted[name] !== undefined && JSON.stringify(wanted[name]) !== JSON.stringify(before[name]),
  );
  if (names.length === 0) return null;
  const pick = (from: Partial<Row>) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(wanted) };
}
