import type { SegmentFilter } from "@/lib/client/segments";
import type { UrlState } from "../../_parts/url-words";
import type { searchParams } from "../search-params";

export function filterFrom(wanted: UrlState<typeof searchParams>): SegmentFilter {
  const search = wanted.q?.trim().slice(0, 100);
  return { ...(wanted.kind ? { kind: wanted.kind } : {}), ...(search ? { search } : {}) };
}
