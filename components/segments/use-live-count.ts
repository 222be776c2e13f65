"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { segmentCountQuery } from "@/lib/client/segments";
import type { RuleTree } from "@/lib/domain/segments/rules";

const pauseMs = 250;

/**
 * The number while one builds: asked when the hands rest, the one before stays until the next is there, and an estimate is
 * followed by the exact number in the background.
 */
export function useLiveCount(tenant: string, rules: RuleTree) {
  const wanted = JSON.stringify(rules);
  const [settled, setSettled] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), pauseMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const tree = JSON.parse(settled) as RuleTree;
  const quick = useQuery(segmentCountQuery(tenant, tree, false));
  const isRough = quick.data?.isEstimate === true && !quick.isPlaceholderData;
  const patient = useQuery({
    ...segmentCountQuery(tenant, tree, true),
    enabled: isRough,
    placeholderData: undefined,
    retry: 0,
  });
  return {
    query: quick,
    count: isRough && patient.data ? patient.data : quick.data,
    /** What stands there belongs to rules of a moment ago. */
    isBehind: wanted !== settled || quick.isPlaceholderData,
    isCounting: isRough && patient.isFetching,
  };
}
