import type { BulkAct } from "./vocabulary";

type Placed = { id: string; at: Date };

/** Newest first; of what happened in one moment the greater id comes first, in the order of code units as databases do in "C". */
export function byNewest(one: Placed, other: Placed): number {
  const apart = other.at.getTime() - one.at.getTime();
  if (apart !== 0) return apart;
  return one.id === other.id ? 0 : one.id < other.id ? 1 : -1;
}

/** One list of several that are each newest first. */
export function mergeTimelines<Item extends Placed>(lists: readonly (readonly Item[])[], limit: number): Item[] {
  return lists.flat().sort(byNewest).slice(0, limit);
}

/** What a change of many did to one of them, as a line of its time line. */
export function changeInWords(act: BulkAct, detail: Readonly<Record<string, unknown>>): string {
  const named = (key: string) => (typeof detail[key] === "string" ? ` ${detail[key]}` : "");
  switch (act) {
    case "tag":
      return `Tagged${named("tag")}`;
    case "untag":
      return `Tag${named("tag")} taken away`;
    case "owner":
      return detail.owner_id === null ? "Owner taken away" : `Given to${named("owner_name")}`;
    case "stage":
      return `Stage set to${named("stage")}`;
    case "segment_add":
      return `Put into the list${named("segment_name")}`;
    case "segment_remove":
      return `Taken from the list${named("segment_name")}`;
    case "consent":
      return "Consent noted with many others";
    case "delete":
      return "Deleted and brought back";
  }
}
