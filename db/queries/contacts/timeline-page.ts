import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";

export type TimelinePage = { before: Date | null; beforeId: string | null; limit: number };

/** A moment as the time line compares it. */
export const toMs = (column: SQL) => sql`date_trunc('milliseconds', ${column})`;

/**
 * The next lines of one source, whose statement answers `id` and `at`. A moment is compared in milliseconds and an id by its
 * bytes, because that is how the other sources' lines, which are merged in between, are compared as well.
 */
export async function timelinePage<Row extends object>(
  db: Db,
  inner: SQL,
  page: TimelinePage,
): Promise<(Row & { id: string; at: Date })[]> {
  const place = page.before
    ? sql`where (i.at, i.id collate "C") < (${page.before.toISOString()}::timestamptz, ${page.beforeId ?? ""})`
    : sql``;
  const rows = await db.execute(sql`
    select i.* from (${inner}) i ${place} order by i.at desc, i.id collate "C" desc limit ${page.limit}`);
  return ([...rows] as (Row & { id: string; at: string })[]).map((row) => ({ ...row, at: new Date(row.at) }));
}
