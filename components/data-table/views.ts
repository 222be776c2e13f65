import type { Density, Sort } from "./column";

/** How one reader set a table up, under a name. */
export type SavedView = {
  id: string;
  name: string;
  hidden: string[];
  density: Density;
  sort: Sort | null;
  /** The filters as the page writes them in its URL. */
  filters: string;
};

/** Where views are kept. Now the browser; a store that asks the server has the same three verbs. */
export type ViewStore = {
  list: () => Promise<SavedView[]>;
  save: (view: SavedView) => Promise<void>;
  remove: (id: string) => Promise<void>;
};

export function localViewStore(tableId: string): ViewStore {
  const key = `ms:views:${tableId}`;
  const read = (): SavedView[] => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
      return Array.isArray(kept) ? kept.filter(isView) : [];
    } catch {
      return [];
    }
  };
  const write = (views: SavedView[]) => {
    try {
      localStorage.setItem(key, JSON.stringify(views));
    } catch {
      // A full or forbidden store costs the view, not the page.
    }
  };
  return {
    list: async () => read(),
    save: async (view) => write([...read().filter((other) => other.id !== view.id), view]),
    remove: async (id) => write(read().filter((other) => other.id !== id)),
  };
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== "object" || value === null) return false;
  const view = value as Partial<SavedView>;
  return (
    typeof view.id === "string" &&
    typeof view.name === "string" &&
    Array.isArray(view.hidden) &&
    typeof view.filters === "string"
  );
}

/** Columns and density as last left, per table. */
export type TableSetup = { hidden: string[] | null; density: Density };

export function readSetup(tableId: string): TableSetup {
  try {
    const kept = JSON.parse(localStorage.getItem(`ms:table:${tableId}`) ?? "null") as Partial<TableSetup> | null;
    return {
      hidden: Array.isArray(kept?.hidden) ? kept.hidden.map(String) : null,
      density: kept?.density === "dense" ? "dense" : "normal",
    };
  } catch {
    return { hidden: null, density: "normal" };
  }
}

export function writeSetup(tableId: string, setup: TableSetup): void {
  try {
    localStorage.setItem(`ms:table:${tableId}`, JSON.stringify(setup));
  } catch {
    // As above.
  }
}
