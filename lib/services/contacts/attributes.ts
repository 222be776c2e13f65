import type { z } from "zod";
import {
  findAttribute,
  insertAttribute,
  listAttributes as list,
  listAttributeTypes,
  deleteAttribute as remove,
  updateAttribute as update,
} from "@/db/queries/contacts/attributes";
import type { Attribute, AttributeChanges, NewAttributeRequest } from "@/lib/domain/contacts/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { AppError, notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import type { listQuery } from "@/lib/kernel/wire";
import { differences } from "../access/differences";
import { type Context, read, requireScope, type Tx, transaction } from "../context";

/** More than a form or a file of people ever has; every profile is judged against all of them. */
const mostAttributes = 500;

type Row = NonNullable<Awaited<ReturnType<typeof findAttribute>>>;

function toAttribute({ metadata, ...row }: Row): Attribute {
  return { ...row, metadata: (metadata ?? null) as Attribute["metadata"] };
}

/** In the order in which they were declared, with how many contacts have a value. */
export async function listAttributes(ctx: Context, query: z.output<typeof listQuery>) {
  requireScope(ctx, "contacts:read");
  const afterId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const rows = await list(tx.db, tx.tenantId, { afterId, skip: query.skip, limit: query.limit + 1 });
    const { items, nextCursor } = page(rows, query.limit, (row) => row.id);
    return { items: items.map(toAttribute), nextCursor };
  });
}

export async function createAttribute(ctx: Context, request: z.output<typeof NewAttributeRequest>): Promise<Attribute> {
  requireScope(ctx, "contacts:configure");
  const { tenantUuid: _, ...wanted } = request;
  return transaction(ctx, async (tx) => {
    if ((await listAttributeTypes(tx.db, tx.tenantId)).length >= mostAttributes)
      throw new AppError("conflict", `A workspace has at most ${mostAttributes} attributes.`, {
        reason: "too_many_attributes",
      });
    const id = uuidv7(tx.now().getTime());
    if (!(await insertAttribute(tx.db, tx.tenantId, { ...wanted, id, createdAt: tx.now() })))
      throw new AppError("conflict", `There is an attribute "${wanted.key}" already.`, {
        reason: "key_taken",
        faults: [{ pointer: "/key", message: "is the key of another attribute" }],
      });
    const { key, label, type } = wanted;
    await tx.audit({
      action: "attribute.created",
      subject: { kind: "attribute", id, name: label },
      after: { key, type },
    });
    return loadAttribute(tx, id);
  });
}

/** The type of what nobody has a value for may change; values of one type are none of another. */
export async function updateAttribute(
  ctx: Context,
  id: string,
  changes: z.output<typeof AttributeChanges>,
): Promise<Attribute> {
  requireScope(ctx, "contacts:configure");
  return transaction(ctx, async (tx) => {
    const before = await loadAttribute(tx, id);
    const changed = differences<Record<string, unknown>>(before, changes);
    if (!changed) return before;
    if (changes.type !== undefined && changes.type !== before.type && before.values > 0) {
      const who = before.values === 1 ? "1 contact has" : `${before.values} contacts have`;
      throw new AppError("conflict", `${who} a value of the type ${before.type}. Declare another attribute instead.`, {
        reason: "has_values",
        faults: [{ pointer: "/type", message: "cannot change while contacts have values" }],
      });
    }
    await update(tx.db, tx.tenantId, id, { ...changes, updatedAt: tx.now() });
    await tx.audit({
      action: "attribute.updated",
      subject: { kind: "attribute", id, name: changes.label ?? before.label },
      ...changed,
    });
    return loadAttribute(tx, id);
  });
}

/** With every value that contacts have of it. */
export async function deleteAttribute(ctx: Context, id: string): Promise<void> {
  requireScope(ctx, "contacts:configure");
  return transaction(ctx, async (tx) => {
    const { key, label } = await loadAttribute(tx, id);
    const values = await remove(tx.db, tx.tenantId, id);
    await tx.audit({
      action: "attribute.deleted",
      subject: { kind: "attribute", id, name: label },
      before: { key, values },
    });
  });
}

async function loadAttribute(tx: Tx, id: string): Promise<Attribute> {
  const row = await findAttribute(tx.db, tx.tenantId, id);
  if (!row) throw notFound("attribute");
  return toAttribute(row);
}
