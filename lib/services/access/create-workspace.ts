import { insertMember } from "@/db/queries/access/members";
import { insertWorkspace } from "@/db/queries/access/workspaces";
import { handleFrom } from "@/lib/domain/access/handle";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { provenTenant } from "@/lib/kernel/tenant";
import { type Actor, type Call, type Context, transaction } from "../context";
import { toWorkspace } from "./find-workspace";

type Founder = { id: string; name: string; email: string };
type Wanted = {
  name: string;
  timeZone?: string;
  currency?: string;
  metadata?: Record<string, unknown>;
  handle?: string;
};

/** A person founds a workspace and is its owner. */
export async function createWorkspace(call: Call, founder: Founder, wanted: Wanted) {
  const tenantId = provenTenant(uuidv7(call.now().getTime()));
  const ctx: Context = { ...call, tenantId, actor: founderActor(founder, call.now()) };
  return transaction(ctx, async (tx) => {
    const row = await insertNewWorkspace(tx, wanted, null);
    const memberId = uuidv7(tx.now().getTime());
    await insertMember(tx.db, tenantId, { id: memberId, personId: founder.id, role: "owner" });
    await tx.audit({
      action: "workspace.created",
      subject: { kind: "workspace", id: tenantId, name: row.name },
      after: { name: row.name, owner: founder.email },
    });
    return toWorkspace(row);
  });
}

export async function insertNewWorkspace(
  tx: Parameters<Parameters<typeof transaction>[1]>[0],
  wanted: Wanted,
  organisationId: string | null,
) {
  const row = await insertWorkspace(tx.db, tx.tenantId, {
    name: wanted.name,
    // Not from the tenant's id: where the caller chose that, two of them could be made to meet.
    handle: wanted.handle ?? handleFrom(wanted.name, uuidv7().slice(-6)),
    timeZone: wanted.timeZone ?? "UTC",
    currency: wanted.currency ?? "USD",
    organisationId,
    metadata: wanted.metadata,
  });
  if (!row)
    throw new AppError("conflict", "A workspace with this tenant_uuid exists already.", {
      reason: "tenant_uuid_taken",
    });
  return row;
}

function founderActor(founder: Founder, now: Date): Actor {
  return { kind: "person", ...founder, sessionId: "", provenAt: now, role: "owner" };
}
