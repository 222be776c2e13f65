import type { PageTurns } from "@/components/ui/pagination";

type Loaded = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** Under the rows: more of a list that is loaded page by page. Nothing where all of it is there. */
export function morePages(list: Loaded, shown: number): { pages?: PageTurns } {
  if (!list.hasNextPage) return {};
  const onMore = () => void list.fetchNextPage();
  return { pages: { kind: "more", hasMore: true, isLoading: list.isFetchingNextPage, onMore, shown } };
}
