import { findEventsByKey, findRunPayload, findRunRow, listKin, listSteps } from "@/db/queries/engine/find-run";
import type { RunRow } from "@/db/queries/engine/list-runs";
import { loadRunStates } from "@/db/queries/engine/load-run-states";
import { longValueBytes, type RunDetail } from "@/lib/domain/engine/shapes";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope, type Tx } from "../context";
import { findPlatformRun } from "./platform-runs";
import { openIds, toRun, toRunRef } from "./to-run";

/** One run with everything that is known of it. A platform's run comes without what it handled. */
export async function findRun(ctx: Context, id: string): Promise<RunDetail> {
  requireScope(ctx, "runs:read");
  const own = await read(ctx, async (tx) => {
    const row = await findRunRow(tx.db, tx.tenantId, id);
    return row && loadRun(tx, row);
  });
  return own ?? describePlatformRun(ctx, id);
}

const mostEvents = 100;

/** Inside a read or a transaction that has found the row. */
export async function loadRun(tx: Tx, row: RunRow): Promise<RunDetail> {
  const { db, tenantId } = tx;
  const facts = await loadRunStates(db, tenantId, openIds([row]));
  const payload = await findRunPayload(db, tenantId, row.id, longValueBytes);
  const steps = await listSteps(db, tenantId, row.id, longValueBytes);
  const kin = await listKin(
    db,
    tenantId,
    row,
    steps.some((step) => step.kind === "invoke"),
  );
  const given = payload?.events ?? [];
  const events = given.slice(0, mostEvents);
  const kept = await findEventsByKey(
    db,
    tenantId,
    events.map((event) => event.id),
    row.createdAt,
  );
  const kinOf = (id: string | null) => kin.filter((other) => other.id === id).map(toRunRef)[0] ?? null;
  return {
    ...toRun(row, facts, "workspace", tx.now()),
    output: payload?.output ?? null,
    isOutputLong: payload?.isOutputLong ?? false,
    error: toError(payload?.error ?? null),
    parentStepId: row.parentStepId,
    events: events.map((event) => {
      const isDataLong = JSON.stringify(event.data ?? null).length > longValueBytes;
      return {
        id: event.id,
        eventId: kept.find((each) => each.key === event.id)?.id ?? null,
        name: event.name,
        at: new Date(event.ts),
        data: isDataLong ? null : event.data,
        isDataLong,
      };
    }),
    eventCount: given.length,
    steps: steps.map((step) => ({ ...step, output: step.output ?? null, error: toError(step.error) })),
    parent: kinOf(row.parentRunId),
    original: kinOf(row.replayOf),
    children: kin.filter((other) => other.parentRunId === row.id).map(toRunRef),
    replays: kin.filter((other) => other.replayOf === row.id).map(toRunRef),
  };
}

function toError(error: { name: string; message: string; stack?: string; cause?: unknown } | null) {
  if (!error) return null;
  // What a program threw may be anything: only what is text is shown as text.
  return {
    name: String(error.name ?? "Error"),
    message: String(error.message ?? ""),
    stack: typeof error.stack === "string" ? error.stack : null,
    cause: error.cause ?? null,
  };
}

async function describePlatformRun(ctx: Context, id: string): Promise<RunDetail> {
  const found = await findPlatformRun(id);
  if (!found) throw notFound("run");
  return {
    ...toRun(found.row, found.facts, "platform", ctx.now()),
    ...{ output: null, isOutputLong: false, error: null, parentStepId: found.row.parentStepId },
    ...{ events: [], eventCount: 0, parent: null, original: null, children: [], replays: [] },
    steps: found.steps.map((step) => ({ ...step, detail: null, output: null, isOutputLong: false, error: null })),
  };
}
