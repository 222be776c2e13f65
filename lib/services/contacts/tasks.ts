import type { z } from "zod";
import {
  deleteTask,
  findMemberName,
  findTask,
  insertTask,
  listTasks as list,
  lockTask,
  type TaskRow,
  updateTask,
} from "@/db/queries/contacts/tasks";
import { findContactId } from "@/db/queries/contacts/timeline";
import type { NewTaskRequest, Task, TaskChanges, TaskQuery } from "@/lib/domain/contacts/task-shapes";
import { page, readCursor, writeCursor } from "@/lib/kernel/cursor";
import { invalid, notFound } from "@/lib/kernel/errors";
import { isUuid, uuidv7 } from "@/lib/kernel/ids";
import { type Context, read, requireScope, type Tx, transaction } from "../context";
import { holdContact } from "./notes";

export async function listTasks(ctx: Context, query: TaskQuery) {
  requireScope(ctx, "contacts:read");
  const isMine = query.mine === "true";
  if (isMine && ctx.actor.kind !== "person")
    throw invalid("/mine", "Only a person has tasks of their own; a key lists everybody's.");
  // What is overdue is open, whatever else was asked.
  const state = query.overdue === "true" ? "open" : query.state;
  const place = readPlace(query.cursor, state === "open");
  return read(ctx, async (tx) => {
    const contactId = query.contact ? await findContactId(tx.db, tx.tenantId, query.contact) : undefined;
    if (contactId === null) return { items: [], nextCursor: null };
    const filter = {
      state,
      contactId,
      assigneeId: isMine && tx.actor.kind === "person" ? tx.actor.id : undefined,
      overdueAt: query.overdue === "true" ? tx.now() : undefined,
    };
    const rows = await list(tx.db, tx.tenantId, filter, { ...place, skip: query.skip, limit: query.limit + 1 });
    const { items, nextCursor } = page(rows, query.limit, (row) => row.id);
    const last = items.at(-1);
    return {
      items: items.map((row) => toTask(row, tx.now())),
      nextCursor:
        nextCursor && last && state === "open"
          ? writeCursor(`${last.dueAt?.toISOString() ?? "infinity"} ${last.id}`)
          : nextCursor,
    };
  });
}

export async function createTask(ctx: Context, request: z.output<typeof NewTaskRequest>): Promise<Task> {
  requireScope(ctx, "contacts:write");
  return transaction(ctx, async (tx) => {
    const { actor } = tx;
    const id = uuidv7(tx.now().getTime());
    const contactId = request.contactId ? await holdContact(tx, request.contactId) : null;
    const self = actor.kind === "person" ? actor.id : null;
    await refuseStranger(tx, request.assigneeId);
    await insertTask(tx.db, tx.tenantId, {
      id,
      contactId,
      title: request.title,
      dueAt: request.dueAt ?? null,
      assigneeId: request.assigneeId === undefined ? self : request.assigneeId,
      createdBy: self,
      createdAt: tx.now(),
      metadata: request.metadata,
    });
    return found(tx, id);
  });
}

export async function changeTask(ctx: Context, id: string, changes: z.output<typeof TaskChanges>): Promise<Task> {
  requireScope(ctx, "contacts:write");
  return transaction(ctx, async (tx) => {
    const task = await lockTask(tx.db, tx.tenantId, id);
    if (!task) throw notFound("task");
    await refuseStranger(tx, changes.assigneeId);
    const { isDone, ...plain } = changes;
    // Done twice is done when it was done first.
    const doneAt = isDone === undefined ? undefined : isDone ? (task.doneAt ?? tx.now()) : null;
    await updateTask(tx.db, tx.tenantId, id, { ...plain, ...(doneAt === undefined ? {} : { doneAt }) }, tx.now());
    return found(tx, id);
  });
}

export async function removeTask(ctx: Context, id: string): Promise<void> {
  requireScope(ctx, "contacts:write");
  await transaction(ctx, async (tx) => {
    if (!(await lockTask(tx.db, tx.tenantId, id))) throw notFound("task");
    await deleteTask(tx.db, tx.tenantId, id);
  });
}

async function refuseStranger(tx: Tx, assigneeId: string | null | undefined): Promise<void> {
  if (!assigneeId || (await findMemberName(tx.db, tx.tenantId, assigneeId)) !== null) return;
  throw invalid("/assignee_id", "is nobody of this workspace");
}

async function found(tx: Tx, id: string): Promise<Task> {
  const row = await findTask(tx.db, tx.tenantId, id);
  if (!row) throw notFound("task");
  return toTask(row, tx.now());
}

function toTask(row: TaskRow, now: Date): Task {
  const { id, title, dueAt, doneAt, createdAt, updatedAt } = row;
  return {
    id,
    contact: row.contactId ? { id: row.contactId, name: row.contactName ?? "" } : null,
    title,
    dueAt,
    doneAt,
    isOverdue: doneAt === null && dueAt !== null && dueAt < now,
    assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName ?? "Somebody who left" } : null,
    metadata: (row.metadata ?? null) as Task["metadata"],
    createdAt,
    updatedAt,
  };
}

/** The list of open tasks goes by the day they are due, so its place is that day and the id. */
function readPlace(cursor: string | undefined, byDue: boolean) {
  if (cursor === undefined || !byDue) return { beforeId: readCursor(cursor, "uuid") };
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [due = "", id = ""] = typeof place === "string" ? place.split(" ") : [];
    if (isUuid(id) && (due === "infinity" || !Number.isNaN(Date.parse(due)))) return { after: { due, id } };
  } catch {
    // Falls through to the refusal.
  }
  throw invalid("/cursor", "This cursor is not one that this list answered.");
}
