import type { z } from "zod";
import { listAuditLines } from "@/db/queries/access/audit";
import type { AuditLine, AuditQuery } from "@/lib/domain/access/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { type nouns, toWireId } from "@/lib/kernel/ids";
import { type Context, read, requireScope } from "../context";

type Row = Awaited<ReturnType<typeof listAuditLines>>[number];

const actorNouns = { person: "person", key: "key", platform: "platformKey" } as const;
const subjectNouns = {
  member: "member",
  invitation: "invitation",
  key: "key",
  run: "run",
  contact: "contact",
  company: "company",
  tag: "tag",
  attribute: "attribute",
  consent: "consent",
  suppression: "suppression",
  topic: "topic",
  segment: "segment",
  import: "import",
  export: "export",
  change: "bulkChange",
  data_request: "dataRequest",
} as const;

export function toAuditLine(row: Row): AuditLine {
  const actorNoun = row.actorKind in actorNouns ? actorNouns[row.actorKind as keyof typeof actorNouns] : null;
  const subjectNoun =
    row.subjectKind in subjectNouns ? subjectNouns[row.subjectKind as keyof typeof subjectNouns] : null;
  return {
    id: row.id,
    seq: row.seq,
    at: row.at,
    actor: { kind: row.actorKind, id: prefixed(actorNoun, row.actorId), name: row.actorName },
    action: row.action,
    subject: { kind: row.subjectKind, id: prefixed(subjectNoun, row.subjectId), name: row.subjectName },
    before: row.before as AuditLine["before"],
    after: row.after as AuditLine["after"],
    ip: row.ip,
    requestId: row.requestId,
  };
}

function prefixed(noun: keyof typeof nouns | null, id: string | null): string | null {
  return id && noun ? toWireId(noun, id) : id;
}

export async function listAudit(ctx: Context, query: z.output<typeof AuditQuery>) {
  requireScope(ctx, "audit:read");
  const { cursor, limit, skip, ...filter } = query;
  const beforeSeq = readCursor(cursor, "number");
  return read(ctx, async (tx) => {
    const rows = await listAuditLines(tx.db, tx.tenantId, filter, { beforeSeq, skip, limit: limit + 1 });
    const { items, nextCursor } = page(rows, limit, (row) => row.seq);
    return { items: items.map(toAuditLine), nextCursor };
  });
}
