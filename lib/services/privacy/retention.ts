import type { z } from "zod";
import {
  deleteTooOld,
  findLastRun,
  listRetentionRules,
  noteRetention,
  saveRetentionRule,
} from "@/db/queries/privacy/retention";
import { cutoffOf, retentionOf } from "@/lib/domain/privacy/retention";
import type { Retention, RetentionChanges } from "@/lib/domain/privacy/shapes";
import type { DataClass } from "@/lib/domain/privacy/vocabulary";
import { type Context, read, requireScope, type Tx, transaction } from "../context";

/** How long each class of data is kept, and when something last went. */
export async function findRetention(ctx: Context): Promise<Retention> {
  requireScope(ctx, "privacy:read");
  return read(ctx, load);
}

async function load(tx: Tx): Promise<Retention> {
  const rules = retentionOf(await listRetentionRules(tx.db, tx.tenantId));
  const items = [];
  for (const rule of rules) items.push({ ...rule, lastRun: await findLastRun(tx.db, tx.tenantId, rule.dataClass) });
  return { items };
}

export async function saveRetention(ctx: Context, changes: z.output<typeof RetentionChanges>): Promise<Retention> {
  requireScope(ctx, "privacy:write");
  return transaction(ctx, async (tx) => {
    const before = retentionOf(await listRetentionRules(tx.db, tx.tenantId));
    for (const { dataClass, days } of changes.rules) {
      await saveRetentionRule(tx.db, tx.tenantId, dataClass, days, tx.now());
    }
    const daysOf = (dataClass: DataClass) => before.find((each) => each.dataClass === dataClass)?.days;
    await tx.audit({
      action: "retention.updated",
      subject: { kind: "retention", id: null, name: "Retention" },
      before: Object.fromEntries(changes.rules.map(({ dataClass }) => [dataClass, daysOf(dataClass)])),
      after: Object.fromEntries(changes.rules.map(({ dataClass, days }) => [dataClass, days])),
    });
    return load(tx);
  });
}

const portion = 5_000;
/** What a day may take at most; the next day takes the rest. */
const mostPortions = 200;

/**
 * Takes away what is older than the workspace keeps it, portion by portion, and leaves a proof of each day on which
 * something went. Safe to run twice: the second finds nothing.
 */
export async function retain(ctx: Context, dataClass: DataClass): Promise<number> {
  requireScope(ctx, "privacy:write");
  let removed = 0;
  for (let round = 0; round < mostPortions; round++) {
    const gone = await transaction(ctx, async (tx) => {
      const rule = retentionOf(await listRetentionRules(tx.db, tx.tenantId)).find(
        (each) => each.dataClass === dataClass,
      );
      const now = tx.now();
      const cutoff = cutoffOf(rule?.days ?? 0, now);
      if (!rule) return 0;
      const count = await deleteTooOld(tx.db, tx.tenantId, dataClass, cutoff, portion);
      const day = now.toISOString().slice(0, 10);
      if (count > 0) await noteRetention(tx.db, tx.tenantId, { dataClass, day, removed: count, cutoff, now });
      return count;
    });
    removed += gone;
    if (gone < portion) break;
  }
  return removed;
}
