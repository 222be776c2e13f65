import type { Sort } from "@/components/data-table/column";
import type { ContactSort } from "@/lib/client/contacts";

/** The orders that the database keeps an index for, as the heads of the table show them. */
const shown: Record<ContactSort, Sort> = {
  newest: { id: "created", direction: "down" },
  oldest: { id: "created", direction: "up" },
  name: { id: "name", direction: "up" },
  score: { id: "score", direction: "down" },
};

export const sortShown = (sort: ContactSort): Sort => shown[sort];

/** What a press on a head means: each has the orders it has, and the last press leads back to the newest. */
export function sortAfter(now: ContactSort, pressed: Sort | null): ContactSort {
  if (pressed === null) return now === "newest" ? "oldest" : "newest";
  if (pressed.id === "score") return "score";
  return pressed.id === "name" && pressed.direction === "up" ? "name" : "newest";
}

export const sortLabels: Record<ContactSort, string> = {
  newest: "Newest first",
  oldest: "Oldest first",
  name: "By name",
  score: "By score",
};
