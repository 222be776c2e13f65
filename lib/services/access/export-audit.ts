import type { z } from "zod";
import { listAuditLines } from "@/db/queries/access/audit";
import type { AuditQuery } from "@/lib/domain/access/shapes";
import { csvRow } from "@/lib/kernel/csv";
import { type Context, read, requireFreshProof, requireScope, transaction } from "../context";
import { toAuditLine } from "./list-audit";

const batch = 1_000;
const columns = [
  "seq",
  "at",
  "actor_kind",
  "actor_id",
  "actor",
  "action",
  "subject_kind",
  "subject_id",
  "subject",
  "before",
  "after",
  "ip",
  "request_id",
  "hash",
];

/** Batch by batch, each in its own short transaction: a slow reader holds no connection, and memory stays flat. */
export async function exportAudit(ctx: Context, query: z.output<typeof AuditQuery>): Promise<AsyncIterable<string>> {
  requireScope(ctx, "audit:read");
  requireFreshProof(ctx);
  const { cursor: _, limit: __, skip: ___, ...filter } = query;
  await transaction(ctx, (tx) =>
    tx.audit({
      action: "audit.exported",
      subject: { kind: "audit", id: null, name: "Audit log" },
      after: JSON.parse(JSON.stringify(filter)) as Record<string, unknown>,
    }),
  );
  return rows();

  async function* rows() {
    yield csvRow(columns);
    let beforeSeq: number | undefined;
    for (;;) {
      const lines = await read(ctx, (tx) => listAuditLines(tx.db, tx.tenantId, filter, { beforeSeq, limit: batch }));
      for (const row of lines) {
        const line = toAuditLine(row);
        yield csvRow([
          line.seq,
          line.at.toISOString(),
          line.actor.kind,
          line.actor.id,
          line.actor.name,
          line.action,
          line.subject.kind,
          line.subject.id,
          line.subject.name,
          line.before && JSON.stringify(line.before),
          line.after && JSON.stringify(line.after),
          line.ip,
          line.requestId,
          row.hash,
        ]);
      }
      beforeSeq = lines.at(-1)?.seq;
      if (lines.length < batch || beforeSeq === undefined) return;
    }
  }
}
