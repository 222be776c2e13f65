"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { itemsOf, membersQuery } from "@/lib/client/access";

/** The members as owners are chosen: by the id of the person. */
export function useOwners(isWanted = true): { id: string; name: string }[] {
  const { tenantUuid } = useSignedIn();
  const { data } = useInfiniteQuery({ ...membersQuery(tenantUuid), enabled: isWanted });
  return useMemo(() => itemsOf(data).map(({ personId, name }) => ({ id: personId, name })), [data]);
}
