import type { SavedView } from "@/components/data-table/views";

/** The filters of a saved view, as the page wrote them. One that cannot be read any more filters nothing. */
export function filtersOf<Filters extends object>(view: Pick<SavedView, "filters">): Filters {
  try {
    const filters: unknown = JSON.parse(view.filters || "{}");
    return (typeof filters === "object" && filters !== null ? filters : {}) as Filters;
  } catch {
    return {} as Filters;
  }
}
