import { invalid } from "@/lib/kernel/errors";
import { isUuid } from "@/lib/kernel/ids";
import { searchWords } from "./search-text";
import type { ContactSort } from "./shapes";

/** Where a page of the list begins: after this value of the sorted column, and after this id among equals. */
export type ListPlace = { id: string; value: string | number | null };

type Sorted = { id: string; name: string; score: number };

/** A cursor is opaque to callers; it names its sort, because a place in one order is none in another. */
export function writePlace(sort: ContactSort, row: Sorted): string {
  const value = sort === "name" ? row.name : sort === "score" ? row.score : null;
  return Buffer.from(JSON.stringify([sort, row.id, value])).toString("base64url");
}

export function readPlace(sort: ContactSort, text: string | undefined): ListPlace | null {
  if (text === undefined) return null;
  const place = parse(text);
  if (place && place[0] === sort && typeof place[1] === "string" && isUuid(place[1]) && isValue(sort, place[2]))
    return { id: place[1], value: place[2] as ListPlace["value"] };
  throw invalid("/cursor", "This cursor is not one that this list answered.");
}

function parse(text: string): unknown[] | null {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return Array.isArray(place) ? place : null;
  } catch {
    return null;
  }
}

function isValue(sort: ContactSort, value: unknown): boolean {
  if (sort === "name") return typeof value === "string" && !value.includes("\0");
  return sort === "score" ? Number.isInteger(value) : value === null;
}

/**
 * What the stored text must look like, one pattern a word. Three letters are what the index knows, so they are found
 * anywhere; fewer are found at the beginnings of words, and the stored text begins with a blank for that.
 */
export function searchPatterns(query: string): string[] {
  return searchWords(query).map((word) => {
    const exact = word.replace(/[\\%_]/g, "\\$&");
    return [...word].length >= 3 ? `%${exact}%` : `% ${exact}%`;
  });
}
