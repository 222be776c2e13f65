"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";
import { changedSearch, readUrlState, type UrlState, type UrlWords } from "./url-words";

/**
 * The address is the state: what a page shows can be linked, and survives a reload. Changes replace the entry in the
 * history, so that the way back leads out of the page and not through every letter of a search.
 */
export function useUrlState<Words extends UrlWords>(
  words: Words,
): [UrlState<Words>, (changes: Partial<UrlState<Words>>) => void] {
  const given = useSearchParams();
  const change = useCallback((changes: Partial<UrlState<Words>>) => {
    const { pathname, search, hash } = window.location;
    window.history.replaceState(null, "", pathname + changedSearch(search, changes) + hash);
  }, []);
  return [readUrlState(words, (name) => given.get(name)), change];
}
