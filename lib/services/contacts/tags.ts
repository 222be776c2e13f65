import type { z } from "zod";
import { countNamed, findNamed, insertNamed } from "@/db/queries/contacts/named";
import { findTag, listTags as list, deleteTag as remove, updateTag } from "@/db/queries/contacts/tags";
import { nameKey } from "@/lib/domain/contacts/name-key";
import type { NamedQuery, NewTagRequest, Tag } from "@/lib/domain/contacts/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope, type Tx, transaction } from "../context";
import { pageBySkip, readSkip } from "./page-by-skip";
import { mostTags } from "./resolve-named";

type Row = NonNullable<Awaited<ReturnType<typeof findTag>>>;

function toTag({ nameKey: _, metadata, ...row }: Row): Tag {
  return { ...row, metadata: (metadata ?? null) as Tag["metadata"] };
}

/** By name, with how many contacts have each. */
export async function listTags(ctx: Context, query: z.output<typeof NamedQuery>) {
  requireScope(ctx, "contacts:read");
  const skip = readSkip(query);
  const search = query.search === undefined ? undefined : nameKey(query.search);
  return read(ctx, async (tx) => {
    const rows = await list(tx.db, tx.tenantId, { search, skip, limit: query.limit + 1 });
    const { items, nextCursor } = pageBySkip(rows, query.limit, skip);
    return { items: items.map(toTag), nextCursor };
  });
}

export async function createTag(ctx: Context, request: z.output<typeof NewTagRequest>): Promise<Tag> {
  requireScope(ctx, "contacts:write");
  return transaction(ctx, async (tx) => {
    const key = nameKey(request.name);
    if ((await findNamed(tx.db, tx.tenantId, "tags", [key])).length > 0) throw taken(request.name);
    if ((await countNamed(tx.db, tx.tenantId, "tags")) >= mostTags)
      throw new AppError("conflict", `A workspace has at most ${mostTags} tags.`, { reason: "too_many_tags" });
    await insertNamed(tx.db, tx.tenantId, "tags", [{ name: request.name, nameKey: key }], tx.now());
    const [made] = await findNamed(tx.db, tx.tenantId, "tags", [key]);
    if (!made) throw new Error("The tag was not written.");
    if (request.metadata)
      await updateTag(tx.db, tx.tenantId, made.id, { metadata: request.metadata, updatedAt: tx.now() });
    await tx.audit({ action: "tag.created", subject: { kind: "tag", id: made.id, name: request.name } });
    return loadTag(tx, made.id);
  });
}

/** Another spelling of the same name is a new name of the same tag; another tag's name is refused. */
export async function renameTag(ctx: Context, id: string, { name }: { name: string }): Promise<Tag> {
  requireScope(ctx, "contacts:write");
  return transaction(ctx, async (tx) => {
    const before = await loadTag(tx, id);
    const key = nameKey(name);
    const [holder] = await findNamed(tx.db, tx.tenantId, "tags", [key]);
    if (holder && holder.id !== id) throw taken(name);
    if (before.name === name) return before;
    await updateTag(tx.db, tx.tenantId, id, { name, nameKey: key, updatedAt: tx.now() });
    await tx.audit({
      action: "tag.updated",
      subject: { kind: "tag", id, name },
      before: { name: before.name },
      after: { name },
    });
    return loadTag(tx, id);
  });
}

/** Off every contact at once. */
export async function deleteTag(ctx: Context, id: string): Promise<void> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    const { name } = await loadTag(tx, id);
    const contacts = await remove(tx.db, tx.tenantId, id);
    await tx.audit({ action: "tag.deleted", subject: { kind: "tag", id, name }, before: { contacts } });
  });
}

async function loadTag(tx: Tx, id: string): Promise<Tag> {
  const row = await findTag(tx.db, tx.tenantId, id);
  if (!row) throw notFound("tag");
  return toTag(row);
}

const taken = (name: string) =>
  new AppError("conflict", `There is a tag "${name}" already.`, {
    reason: "name_taken",
    faults: [{ pointer: "/name", message: "is the name of another tag" }],
  });
