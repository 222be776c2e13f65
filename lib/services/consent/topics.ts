import type { z } from "zod";
import { findTopic, insertTopic, listTopics as listRows, updateTopic as updateRow } from "@/db/queries/consent/topics";
import type { NewTopicRequest, Topic, TopicChanges, TopicList, TopicQuery } from "@/lib/domain/consent/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { type Context, read, requireScope, transaction } from "../context";

export const mostTopics = 100;

export async function listTopics(
  ctx: Context,
  query: z.output<typeof TopicQuery>,
): Promise<z.output<typeof TopicList>> {
  requireScope(ctx, "consent:read");
  const rows = await read(ctx, (tx) => listRows(tx.db, tx.tenantId, { state: query.state, limit: mostTopics * 2 }));
  return { items: rows.map(toTopic), nextCursor: null };
}

export async function createTopic(ctx: Context, request: z.output<typeof NewTopicRequest>): Promise<Topic> {
  requireScope(ctx, "consent:lift");
  return transaction(ctx, async (tx) => {
    const open = await listRows(tx.db, tx.tenantId, { state: "open", limit: mostTopics });
    if (open.length >= mostTopics) {
      const says = `A workspace has at most ${mostTopics} topics. Archive one that is no longer used.`;
      throw new AppError("conflict", says, { reason: "too_many_topics" });
    }
    const { name, description, isPublic, metadata } = request;
    const row = await insertTopic(tx.db, tx.tenantId, {
      ...{ id: uuidv7(tx.now().getTime()), name, description: description ?? null, isPublic, metadata },
      createdAt: tx.now(),
    });
    await tx.audit({
      action: "topic.created",
      subject: { kind: "topic", id: row.id, name: row.name },
      after: { name, isPublic },
    });
    return toTopic(row);
  });
}

export async function updateTopic(ctx: Context, id: string, changes: z.output<typeof TopicChanges>): Promise<Topic> {
  requireScope(ctx, "consent:lift");
  return transaction(ctx, async (tx) => {
    const before = await findTopic(tx.db, tx.tenantId, id);
    if (!before) throw notFound("topic");
    const { name, description, isPublic, isArchived } = changes;
    const archivedAt = isArchived === undefined ? undefined : isArchived ? (before.archivedAt ?? tx.now()) : null;
    const given = Object.entries({ name, description, isPublic, archivedAt }).filter(
      ([, value]) => value !== undefined,
    );
    const row = await updateRow(tx.db, tx.tenantId, id, Object.fromEntries(given), tx.now());
    if (!row) throw notFound("topic");
    await tx.audit({
      action: isArchived && !before.archivedAt ? "topic.archived" : "topic.updated",
      subject: { kind: "topic", id, name: row.name },
      before: { name: before.name, isPublic: before.isPublic },
      after: { name: row.name, isPublic: row.isPublic },
    });
    return toTopic(row);
  });
}

function toTopic(row: NonNullable<Awaited<ReturnType<typeof findTopic>>>): Topic {
  const { tenantId: _, metadata, ...topic } = row;
  return { ...topic, metadata: (metadata ?? null) as Topic["metadata"] };
}
