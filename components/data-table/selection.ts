/** Selected ids, and the row a shift-click reaches from. */
export type Selection = { ids: ReadonlySet<string>; anchor: string | null };

export const nothingSelected: Selection = { ids: new Set(), anchor: null };

export function toggle(now: Selection, id: string): Selection {
  const ids = new Set(now.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}

/** From the last touched row to this one, as the rows stand now; they take the state this row is given. */
export function toggleRange(now: Selection, id: string, order: readonly string[]): Selection {
  const from = now.anchor === null ? -1 : order.indexOf(now.anchor);
  const to = order.indexOf(id);
  if (from === -1 || to === -1) return toggle(now, id);
  const ids = new Set(now.ids);
  const turnsOn = !now.ids.has(id);
  for (const each of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (turnsOn) ids.add(each);
    else ids.delete(each);
  }
  return { ids, anchor: id };
}

/** The box in the head: all shown rows, or none. */
export function toggleAll(now: Selection, order: readonly string[]): Selection {
  const all = order.length > 0 && order.every((id) => now.ids.has(id));
  return all ? nothingSelected : { ids: new Set(order), anchor: now.anchor };
}

/** Rows that went away are no longer selected: an act must not reach what cannot be seen. */
export function keepShown(now: Selection, order: readonly string[]): Selection {
  const shown = new Set(order);
  const ids = [...now.ids].filter((id) => shown.has(id));
  return ids.length === now.ids.size ? now : { ids: new Set(ids), anchor: now.anchor };
}
