import type { z } from "zod";
import {
  type BulkChangeRow,
  findBulkChange,
  insertBulkChange,
  insertChangeRows,
  listBulkChanges,
  lockBulkChange,
  updateBulkChange,
} from "@/db/queries/contacts/bulk-changes";
import { lockContacts, lockDepartingContacts } from "@/db/queries/contacts/score-facts";
import { countTargets, listTargetsAfter } from "@/db/queries/contacts/targets";
import { canUndo } from "@/lib/domain/contacts/bulk";
import { type BulkChange, type BulkRequest, inlineLimit } from "@/lib/domain/contacts/bulk-shapes";
import { changeRequested } from "@/lib/domain/contacts/events";
import type { ContactFilter } from "@/lib/domain/contacts/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { AppError, invalid, notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import type { listQuery } from "@/lib/kernel/wire";
import { type Context, read, requireScope, type Tx, transaction } from "../context";
import { bulkHandlers } from "../registry";
import { conditionsOf } from "./list-contacts";
import type { BulkHandler } from "./person-data";
import { refuseVagueSearch } from "./refuse-vague-search";
import { tellContactsChanged } from "./tell-contacts-changed";

/** So many in one transaction: the locks are held for about a second. */
export const changePortion = 2_000;

/** Changes many contacts at once. A few are done before the answer; more of them go on in the background. */
export async function changeContacts(ctx: Context, request: BulkRequest): Promise<BulkChange> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    const handler = handlerOf(request.act);
    const detail = await handler.check(tx, request.detail);
    if ("filter" in request.target) await refuseVagueSearch(tx, request.target.filter, "/target/filter/search");
    const target = "ids" in request.target ? { ids: [...new Set(request.target.ids)].sort() } : request.target;
    const few = await firstTargets(tx, target, inlineLimit + 1);
    const isSmall = few.length <= inlineLimit;
    const id = uuidv7(tx.now().getTime());
    await insertBulkChange(tx.db, tx.tenantId, {
      id,
      act: request.act,
      detail,
      // A list of ids is kept while it is needed; what a filter meant is told by the filter.
      target,
      total: isSmall ? few.length : "ids" in target ? target.ids.length : 0,
      createdBy: tx.actor.kind === "person" ? tx.actor.id : null,
      createdByName: tx.actor.name,
      createdAt: tx.now(),
      metadata: request.metadata,
    });
    await tx.audit({
      action: "contacts.changed",
      subject: { kind: "change", id, name: request.act },
      // What was searched for may be somebody's name, and a line of the log outlives an erasure: so only by what was filtered.
      after: {
        act: request.act,
        ...detail,
        ...("ids" in target ? { contacts: target.ids.length } : { filteredBy: Object.keys(target.filter) }),
      },
    });
    if (isSmall) await workOnPortion(tx, id);
    else await tx.publish(changeRequested, { changeId: id });
    return found(tx, id);
  });
}

export async function findChange(ctx: Context, id: string): Promise<BulkChange> {
  requireScope(ctx, "contacts:read");
  return read(ctx, (tx) => found(tx, id));
}

export async function listChanges(ctx: Context, query: z.output<typeof listQuery>) {
  requireScope(ctx, "contacts:read");
  const beforeId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const rows = await listBulkChanges(tx.db, tx.tenantId, { beforeId, skip: query.skip, limit: query.limit + 1 });
    const { items, nextCursor } = page(rows, query.limit, (row) => row.id);
    return { items: items.map(toChange), nextCursor };
  });
}

/**
 * Works on a change for about as long as asked, a portion a transaction. The pointer moves with the portion's rows, so a
 * crash neither skips a contact nor changes one twice.
 */
export async function changeMany(ctx: Context, changeId: string, { untilMs }: { untilMs: number }): Promise<boolean> {
  const began = performance.now();
  for (;;) {
    const row = await transaction(ctx, (tx) => workOnPortion(tx, changeId)).catch(async (error: unknown) => {
      // What cannot be carried out will not get better by trying again: a list that was archived, an owner who left.
      // What passes by itself is for the run to try again.
      if (!(error instanceof AppError) || error.details.retryAfterSeconds !== undefined) throw error;
      return transaction(ctx, (tx) => fail(tx, changeId, error.message));
    });
    if (row === null || (row.state !== "running" && row.state !== "waiting")) return true;
    if (performance.now() - began > untilMs) return false;
  }
}

async function workOnPortion(tx: Tx, changeId: string): Promise<BulkChangeRow | null> {
  const change = await lockBulkChange(tx.db, tx.tenantId, changeId);
  if (!change) throw notFound("change");
  if (change.state !== "waiting" && change.state !== "running") return change;
  const target = change.target as Target;
  const isFirst = change.state === "waiting";
  const total = isFirst && "filter" in target && change.total === 0 ? await countAll(tx, target) : change.total;
  const ids = await targetsAfter(tx, target, change.cursor, changePortion);
  const hold = change.act === "delete" ? lockDepartingContacts : lockContacts;
  const present = await hold(tx.db, tx.tenantId, ids);
  const handler = handlerOf(change.act);
  const rows = present.length > 0 ? await handler.apply(tx, present, change.detail, changeId) : [];
  await insertChangeRows(tx.db, tx.tenantId, changeId, rows, tx.now());
  await tellContactsChanged(
    tx,
    rows.map(({ contactId }) => contactId),
  );
  const isLast = ids.length < changePortion;
  const done = change.done + ids.length;
  return updateBulkChange(
    tx.db,
    tx.tenantId,
    changeId,
    {
      state: isLast ? "done" : "running",
      cursor: ids.at(-1) ?? change.cursor,
      // What came into the filter since it was counted is changed as well.
      total: isLast ? done : Math.max(total, done),
      done,
      changed: change.changed + rows.length,
      gone: change.gone + ids.length - present.length,
      ...(isLast ? { endedAt: tx.now() } : {}),
    },
    tx.now(),
  );
}

async function fail(tx: Tx, changeId: string, failure: string): Promise<BulkChangeRow> {
  await lockBulkChange(tx.db, tx.tenantId, changeId);
  return updateBulkChange(tx.db, tx.tenantId, changeId, { state: "failed", failure, endedAt: tx.now() }, tx.now());
}

export function handlerOf(act: BulkRequest["act"]): BulkHandler {
  const handler = bulkHandlers().find((known) => known.act === act);
  if (!handler) throw invalid("/act", "cannot be done to many contacts yet");
  return handler;
}

export async function found(tx: Tx, id: string): Promise<BulkChange> {
  const row = await findBulkChange(tx.db, tx.tenantId, id);
  if (!row) throw notFound("change");
  return toChange(row);
}

type Target = { ids: string[] } | { filter: ContactFilter };

async function targetsAfter(tx: Tx, target: Target, afterId: string | null, limit: number): Promise<string[]> {
  if ("ids" in target) return target.ids.filter((id) => afterId === null || id > afterId).slice(0, limit);
  return listTargetsAfter(tx.db, tx.tenantId, conditionsOf(target.filter), afterId, limit);
}

const firstTargets = (tx: Tx, target: Target, limit: number) => targetsAfter(tx, target, null, limit);
const countAll = (tx: Tx, target: { filter: ContactFilter }) =>
  countTargets(tx.db, tx.tenantId, conditionsOf(target.filter));

function toChange(row: BulkChangeRow): BulkChange {
  const { id, act, state, total, done, changed, gone, failure, createdByName, createdAt, updatedAt, endedAt } = row;
  return {
    ...{ id, act, state, total, done, changed, gone, failure, createdByName, createdAt, updatedAt, endedAt },
    detail: row.detail as BulkChange["detail"],
    canUndo: canUndo(row),
    metadata: (row.metadata ?? null) as BulkChange["metadata"],
  };
}
