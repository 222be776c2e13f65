const key = "ms:contacts:order";

/** The list as it was left: its page of ids, and the address that leads back to it with its filters. */
export type ListOrder = { ids: string[]; search: string };

/** Noted when a contact is opened, so that the next one is a key away. Kept by this tab only. */
export function keepOrder(ids: string[], search: string): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ids, search }));
  } catch {
    // A full or forbidden store costs the way to the neighbour, not the page.
  }
}

export function readOrder(): ListOrder {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as Partial<ListOrder> | null;
    return {
      ids: Array.isArray(kept?.ids) ? kept.ids.map(String) : [],
      search: typeof kept?.search === "string" ? kept.search : "",
    };
  } catch {
    return { ids: [], search: "" };
  }
}
