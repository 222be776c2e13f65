import { listSegmentDays, type SegmentDayRow, type SegmentRow } from "@/db/queries/segments/segments";
import { addDays, dayIn } from "@/lib/domain/segments/days";
import { trendOf } from "@/lib/domain/segments/history";
import type { Segment } from "@/lib/domain/segments/shapes";
import type { Tx } from "../context";
import { loadGround, readyRules, sentenceOf } from "./read-rules";

const trendDays = 30;

/** Rows as callers see them: with their sentence and the sizes of the last thirty days. */
export async function toSegments(tx: Tx, rows: SegmentRow[]): Promise<Segment[]> {
  if (rows.length === 0) return [];
  const { timeZone } = await loadGround(tx);
  const today = dayIn(tx.now(), timeZone);
  const ids = rows.map(({ id }) => id);
  const days = await listSegmentDays(tx.db, tx.tenantId, ids, addDays(today, 1 - trendDays));
  const ofSegment = new Map<string, SegmentDayRow[]>();
  for (const day of days) ofSegment.set(day.segmentId, [...(ofSegment.get(day.segmentId) ?? []), day]);
  const segments: Segment[] = [];
  for (const row of rows) {
    const { tenantId: _, createdBy: __, ...rest } = row;
    const ready = row.kind === "rules" ? await readyRules(tx, row.rules) : null;
    segments.push({
      ...rest,
      metadata: (row.metadata ?? null) as Segment["metadata"],
      says: sentence(row, ready ? sentenceOf(ready) : null),
      trend: trendOf(ofSegment.get(row.id) ?? [], today, trendDays).map(({ size }) => size),
    });
  }
  return segments;
}

function sentence(row: SegmentRow, ofRules: string | null): string {
  if (row.kind === "list") return "People who were put on the list by hand, by an import or by a program.";
  return ofRules ?? "The rules ask about something that is not there any more. Change them.";
}

export async function toSegment(tx: Tx, row: SegmentRow): Promise<Segment> {
  const [segment] = await toSegments(tx, [row]);
  if (!segment) throw new Error("The segment was not found again.");
  return segment;
}
