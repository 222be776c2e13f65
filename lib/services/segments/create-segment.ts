import { insertSegment, isKeyTaken } from "@/db/queries/segments/segments";
import { segmentRefreshDue } from "@/lib/domain/segments/events";
import { withoutWords } from "@/lib/domain/segments/rules";
import { keyFromName } from "@/lib/domain/segments/segment-key";
import type { NewSegmentRequest, Segment } from "@/lib/domain/segments/shapes";
import { AppError, invalid } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { readRules } from "./read-rules";
import { toSegment } from "./to-segment";

/** Makes a segment of rules, whose members are found at once in the background, or an empty list. */
export async function createSegment(ctx: Context, request: NewSegmentRequest): Promise<Segment> {
  requireScope(ctx, "segments:write");
  return transaction(ctx, async (tx) => {
    const rules = await rulesOf(tx, request);
    const now = tx.now();
    const id = uuidv7(now.getTime());
    const key = request.key ?? (await freeKey(tx, keyFromName(request.name)));
    const row = await insertSegment(tx.db, tx.tenantId, {
      id,
      key,
      name: request.name,
      description: request.description ?? null,
      kind: request.kind,
      rules,
      metadata: request.metadata ?? null,
      createdBy: tx.actor.kind === "person" ? tx.actor.id : null,
      createdAt: now,
    });
    if (!row) throw keyTaken();
    await tx.audit({
      action: "segment.created",
      subject: { kind: "segment", id, name: row.name },
      after: { key, kind: row.kind, ...(rules ? { rules: withoutWords(rules) } : {}) },
    });
    if (row.kind === "rules") await tx.publish(segmentRefreshDue, { segmentId: id });
    return toSegment(tx, row);
  });
}

async function rulesOf(tx: Tx, request: NewSegmentRequest) {
  if (request.kind === "list") {
    if (request.rules !== undefined && request.rules !== null)
      throw invalid("/rules", "must be left out: a list has none");
    return null;
  }
  if (request.rules === undefined || request.rules === null) throw invalid("/rules", "must say who belongs to it");
  return (await readRules(tx, request.rules)).tree;
}

export const keyTaken = () =>
  new AppError("conflict", "Another segment has this key.", {
    reason: "key_taken",
    faults: [{ pointer: "/key", message: "is the key of another segment" }],
  });

/** The name's own key, or the first free one with a number. */
async function freeKey(tx: Tx, wanted: string): Promise<string> {
  for (let number = 1; number <= 50; number++) {
    const key = number === 1 ? wanted : `${wanted.slice(0, 56)}-${number}`;
    if (!(await isKeyTaken(tx.db, tx.tenantId, key))) return key;
  }
  throw new AppError("conflict", "Too many segments have this name. Give it another, or a key of its own.", {
    reason: "key_taken",
  });
}
