import { readCursor, writeCursor } from "@/lib/kernel/cursor";

/**
 * For short lists in an order that people change (a rename moves a row): the cursor counts the rows before, because a
 * place in the order may be gone by the time of the next page.
 */
export function readSkip(query: { cursor?: string; skip?: number }): number {
  const skip = readCursor(query.cursor, "number") ?? query.skip ?? 0;
  return Math.min(Math.max(0, skip), 1_000_000);
}

export function pageBySkip<Row>(rows: Row[], limit: number, skip: number) {
  return { items: rows.slice(0, limit), nextCursor: rows.length > limit ? writeCursor(skip + limit) : null };
}
