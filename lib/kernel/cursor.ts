import { invalid } from "./errors";
import { isUuid } from "./ids";

type Places = { uuid: string; number: number; text: string };

/** A cursor is opaque to callers: where the next page starts, in base64url JSON. A foreign or broken one is a 422. */
export function writeCursor(place: string | number): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

export function readCursor<K extends keyof Places>(text: string | undefined, kind: K): Places[K] | undefined {
  if (text === undefined) return undefined;
  try {
    const place: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (kind === "number" && Number.isSafeInteger(place)) return place as Places[K];
    if (kind === "text" && typeof place === "string") return place as Places[K];
    if (kind === "uuid" && typeof place === "string" && isUuid(place)) return place as Places[K];
  } catch {
    // Falls through to the refusal.
  }
  throw invalid("/cursor", "This cursor is not one that this list answered.");
}

/** One row more than asked for tells whether there is a next page. */
export function page<Row>(rows: Row[], limit: number, place: (row: Row) => string | number) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor(place(last)) : null };
}
