import type { z } from "zod";
import { resolveContact } from "@/db/queries/consent/load-reachable";
import * as rows from "@/db/queries/privacy/data-requests";
import { requestKindLabels } from "@/lib/domain/privacy/labels";
import { dueAt, requestClock } from "@/lib/domain/privacy/request-clock";
import type {
  CloseDataRequest,
  DataRequest,
  DataRequestChanges,
  DataRequestList,
  DataRequestQuery,
  NewDataRequest,
} from "@/lib/domain/privacy/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { AppError, invalid, notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { type Context, read, requireFreshProof, requireScope, type Tx, transaction } from "../context";
import { eraseWithin, holdForErasure } from "./erase-person";

/** What people asked of their own data, newest first, each with its clock. */
export async function listDataRequests(
  ctx: Context,
  query: z.output<typeof DataRequestQuery>,
): Promise<z.output<typeof DataRequestList>> {
  requireScope(ctx, "privacy:read");
  const found = await read(ctx, (tx) =>
    rows.listDataRequests(tx.db, tx.tenantId, {
      ...{ state: query.state, contactId: query.contact, skip: query.skip, limit: query.limit + 1 },
      beforeId: readCursor(query.cursor, "uuid"),
    }),
  );
  const { items, nextCursor } = page(found, query.limit, (row) => row.id);
  const now = ctx.now();
  return { items: items.map((row) => toDataRequest(row, now)), nextCursor };
}

/** Opens a case. The clock runs from the day on which the person asked, not from the day on which it was typed in. */
export async function openDataRequest(ctx: Context, request: z.output<typeof NewDataRequest>): Promise<DataRequest> {
  requireScope(ctx, "privacy:write");
  return transaction(ctx, async (tx) => {
    const now = tx.now();
    const receivedAt = request.receivedAt ?? now;
    if (receivedAt > now) throw invalid("/received_at", "Nobody can have asked in the future.");
    const contactId = await requireContact(tx, request.contactId);
    const { kind, askedBy, note, metadata } = request;
    const row = await rows.insertDataRequest(tx.db, tx.tenantId, {
      ...{ id: uuidv7(now.getTime()), kind, contactId, askedBy: askedBy ?? null, note: note ?? null, metadata },
      ...{ receivedAt, dueAt: dueAt(receivedAt), createdAt: now },
    });
    await tx.audit({
      action: "data_request.opened",
      subject: { kind: "data_request", id: row.id, name: requestKindLabels[kind].label },
      after: { kind, receivedAt, contactId },
    });
    return toDataRequest(row, now);
  });
}

export async function updateDataRequest(
  ctx: Context,
  id: string,
  changes: z.output<typeof DataRequestChanges>,
): Promise<DataRequest> {
  requireScope(ctx, "privacy:write");
  return transaction(ctx, async (tx) => {
    const before = await rows.lockDataRequest(tx.db, tx.tenantId, id);
    if (!before) throw notFound("data request");
    if (before.state !== "open") throw closed();
    const contactId = changes.contactId === undefined ? undefined : await requireContact(tx, changes.contactId);
    const given = Object.entries({ contactId, note: changes.note }).filter(([, value]) => value !== undefined);
    const row = await rows.changeDataRequest(tx.db, tx.tenantId, id, Object.fromEntries(given), tx.now());
    if (!row) throw notFound("data request");
    return toDataRequest(row, tx.now());
  });
}

/** Closes a case. To call an erasure done is to erase: there is no done without it. */
export async function closeDataRequest(
  ctx: Context,
  id: string,
  { state, outcome }: z.output<typeof CloseDataRequest>,
): Promise<DataRequest> {
  requireScope(ctx, "privacy:write");
  return transaction(ctx, async (tx) => {
    const told = await rows.findDataRequest(tx.db, tx.tenantId, id);
    if (!told) throw notFound("data request");
    if (told.state !== "open") throw closed();
    const erasing = told.kind === "erasure" && state === "done" ? personToErase(told) : null;
    if (erasing) requireFreshProof(tx);
    const isHeld = erasing !== null && (await holdForErasure(tx, erasing));
    const before = await rows.lockDataRequest(tx.db, tx.tenantId, id);
    if (!before) throw notFound("data request");
    if (before.state !== "open") throw closed();
    if (erasing) {
      // While we waited, the person was merged into another, or the case was given to somebody else.
      if (before.contactId !== erasing)
        throw new AppError("conflict", "This case is being changed at this moment. Try again.", {
          reason: "being_changed",
          retryAfterSeconds: 1,
        });
      if (!isHeld) throw notFound("contact");
      await eraseWithin(tx, erasing, id);
    }
    return closeWithin(tx, before, state, outcome);
  });
}

function personToErase({ contactId }: rows.DataRequestRow): string {
  if (contactId) return contactId;
  throw new AppError(
    "conflict",
    "This case names nobody yet, so there is nobody to erase. Say which contact it is about; where nobody is known under that name, close it as refused and say so.",
    { reason: "names_nobody" },
  );
}

const closed = () => new AppError("conflict", "This case is closed.", { reason: "request_closed" });

export async function closeWithin(
  tx: Tx,
  before: rows.DataRequestRow,
  state: "done" | "refused",
  outcome: string,
): Promise<DataRequest> {
  const now = tx.now();
  const row = await rows.changeDataRequest(tx.db, tx.tenantId, before.id, { state, outcome, closedAt: now }, now);
  if (!row) throw notFound("data request");
  await tx.audit({
    action: "data_request.closed",
    subject: { kind: "data_request", id: before.id, name: requestKindLabels[before.kind].label },
    before: { state: before.state },
    after: { state },
  });
  return toDataRequest(row, now);
}

async function requireContact(tx: Tx, contactId: string | undefined): Promise<string | null> {
  if (contactId === undefined) return null;
  const id = await resolveContact(tx.db, tx.tenantId, contactId);
  if (!id) throw invalid("/contact_id", "There is no such contact.");
  return id;
}

function toDataRequest(row: rows.DataRequestRow, now: Date): DataRequest {
  const { tenantId: _, metadata, ...request } = row;
  const clock = requestClock(row, now);
  return {
    ...request,
    metadata: (metadata ?? null) as DataRequest["metadata"],
    daysLeft: clock.kind === "running" ? clock.daysLeft : clock.kind === "overdue" ? -clock.daysLate : null,
    isOverdue: clock.kind === "overdue",
  };
}
