"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { companiesQuery, segmentNamesQuery, tagsQuery } from "@/lib/client/contacts";

const queries = { tags: tagsQuery, companies: companiesQuery, segments: segmentNamesQuery };
export type NamedKind = keyof typeof queries;
type Named = { id: string; name: string };

/**
 * What can be picked by name. Most workspaces have fewer than one answer holds, and nobody asks again then; where there are
 * more, the server is asked for what is typed.
 */
export function useNamed(kind: NamedKind, typed: string, enabled = true): readonly Named[] {
  const { tenantUuid } = useSignedIn();
  const query = (search: string) => ({ ...queries[kind](tenantUuid, search), enabled }) as ReturnType<typeof tagsQuery>;
  const first = useQuery(query(""));
  const hasMore = Boolean(first.data?.nextCursor);
  const search = usePause(typed.trim());
  const isSearch = hasMore && search !== "";
  const found = useQuery({ ...query(search), enabled: enabled && isSearch, placeholderData: keepPreviousData });
  return (isSearch ? found.data : first.data)?.items ?? [];
}

/** The last of what was typed, once the fingers rest. */
function usePause(text: string, pauseMs = 200): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text, pauseMs]);
  return rested;
}
