import { and, desc, eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { auditHeads, auditLines } from "@/db/schema/access";
import type { ActorKind, AuditAction, AuditSubject } from "@/lib/domain/access/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { truncateIp } from "@/lib/kernel/ip";
import type { TenantId } from "@/lib/kernel/tenant";

export type NewAuditLine = {
  at: Date;
  actor: { kind: ActorKind; id: string | null; name: string };
  action: AuditAction;
  subject: { kind: AuditSubject; id: string | null; name: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  ip: string | null;
  requestId: string | null;
};

/** Last in a transaction, as `transaction` sees to: the trigger takes the lock of the tenant's chain, for which all wait. */
export async function insertAuditLine(db: Db, tenantId: TenantId, line: NewAuditLine): Promise<void> {
  await db.insert(auditLines).values({
    tenantId,
    id: uuidv7(line.at.getTime()),
    at: line.at,
    actorKind: line.actor.kind,
    actorId: line.actor.id,
    actorName: line.actor.name,
    action: line.action,
    subjectKind: line.subject.kind,
    subjectId: line.subject.id,
    subjectName: line.subject.name,
    before: line.before ?? null,
    after: line.after ?? null,
    ip: line.ip && truncateIp(line.ip),
    requestId: line.requestId,
  });
}

export type AuditFilter = {
  search?: string;
  action?: AuditAction;
  actorId?: string;
  subjectKind?: AuditSubject;
  subjectId?: string;
  from?: Date;
  until?: Date;
};

/** Newest first. The cursor is the line's number in the chain: it never moves. */
export async function listAuditLines(
  db: Db,
  tenantId: TenantId,
  filter: AuditFilter,
  page: { beforeSeq?: number; skip?: number; limit: number },
) {
  const wanted: (SQL | undefined)[] = [
    eq(auditLines.tenantId, tenantId),
    filter.action && eq(auditLines.action, filter.action),
    filter.actorId ? eq(auditLines.actorId, filter.actorId) : undefined,
    filter.subjectKind && eq(auditLines.subjectKind, filter.subjectKind),
    filter.subjectId ? eq(auditLines.subjectId, filter.subjectId) : undefined,
    filter.from && gte(auditLines.at, filter.from),
    filter.until && lt(auditLines.at, filter.until),
    filter.search ? matches(filter.search) : undefined,
    page.beforeSeq !== undefined ? lt(auditLines.seq, page.beforeSeq) : undefined,
  ];
  return db
    .select()
    .from(auditLines)
    .where(and(...wanted))
    .orderBy(desc(auditLines.seq))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

function matches(search: string): SQL | undefined {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(auditLines.actorName, pattern),
    ilike(auditLines.subjectName, pattern),
    ilike(auditLines.action, pattern),
    eq(auditLines.requestId, search),
  );
}

/** Recomputes every hash and link. `firstBroken` is the number of the first line that is not as it was written. */
export async function verifyAuditChain(db: Db, tenantId: TenantId) {
  const rows = await db.execute<{
    lines: string;
    first_broken: string | null;
    last_seq: string;
    last_hash: string;
  }>(sql`
    with links as (
      select seq, hash, prev_hash, audit_line_hash(l) as expected,
             lag(hash, 1, '') over (order by seq) as before_hash,
             lag(seq, 1, 0::bigint) over (order by seq) as before_seq
      from audit_lines l where tenant_uuid = ${tenantId}
    )
    select count(*) as lines,
           min(seq) filter (where hash <> expected or prev_hash <> before_hash or seq <> before_seq + 1) as first_broken,
           coalesce(max(seq), 0) as last_seq,
           coalesce((array_agg(hash order by seq desc))[1], '') as last_hash
    from links`);
  const [head] = await db.select().from(auditHeads).where(eq(auditHeads.tenantId, tenantId));
  const row = rows[0];
  const lines = Number(row?.lines ?? 0);
  const lastSeq = Number(row?.last_seq ?? 0);
  const brokenInside = row?.first_broken ? Number(row.first_broken) : null;
  const cutOff = (head?.seq ?? 0) !== lastSeq || (head?.hash ?? "") !== (row?.last_hash ?? "");
  return { lines, firstBroken: brokenInside ?? (cutOff ? lastSeq + 1 : null) };
}
