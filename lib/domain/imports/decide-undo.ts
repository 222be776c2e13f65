/** What a contact holds, or held, by name: a field, or a tag, attribute, account, list or consent by its own key. */
export type Held = Readonly<Record<string, unknown>>;

export type UndoDecision = {
  /** What is given back, by name. */
  restore: Record<string, unknown>;
  /** What somebody has changed since, and so stays. */
  kept: string[];
};

/** Only what is still as the import left it is given back: whoever changed something since meant what they did. */
export function decideUndo(memory: { before: Held; after: Held }, current: Held): UndoDecision {
  const restore: Record<string, unknown> = {};
  const kept: string[] = [];
  for (const [name, left] of Object.entries(memory.after)) {
    const before = memory.before[name] ?? null;
    if (isSame(left, before)) continue;
    // A tag that is not there is the same as one that is said not to be there.
    const now = current[name] ?? (typeof left === "boolean" ? false : null);
    if (isSame(now, left)) restore[name] = before;
    // Who has it back already, by hand, lacks nothing.
    else if (!isSame(now, before)) kept.push(name);
  }
  return { restore, kept };
}

/** The database keeps the keys of an object in an order of its own. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || canonical(one ?? null) === canonical(other ?? null);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
