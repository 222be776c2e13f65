import { findBrokenTail, findOpenSettings, listActiveKeys, listOpenInvitations } from "@/db/queries/access/need-facts";
import { findOverdueTasks } from "@/db/queries/contacts/tasks";
import { findFailures } from "@/db/queries/engine/find-failures";
import { findPressingRequests } from "@/db/queries/privacy/data-requests";
import { decideNeeds, failureNoticeMs, requestNoticeMs } from "@/lib/domain/access/needs-you";
import { type Permission, roleMay, scopesCover } from "@/lib/domain/access/permissions";
import type { NeedsYou } from "@/lib/domain/access/shapes";
import { addMs } from "@/lib/kernel/time";
import { type Context, read, requireScope } from "../context";
import { describeSecondFactor } from "./second-factor";

const tailLines = 200;

/** Gathers the facts that this caller may do something about, and decides what of it is pressing. */
export async function loadNeedsYou(ctx: Context): Promise<NeedsYou> {
  requireScope(ctx, "workspace:read");
  const { actor } = ctx;
  const may = (permission: Permission) => {
    if (actor.kind === "person") return roleMay(actor.role, permission);
    return actor.kind === "key" && scopesCover(actor.scopes, permission);
  };
  const now = ctx.now();
  const [person, facts] = await Promise.all([
    actor.kind === "person"
      ? describeSecondFactor(actor.id).then(({ secondFactor }) => ({
          role: actor.role,
          hasSecondFactor: secondFactor === "on",
        }))
      : null,
    read(ctx, async (tx) => ({
      invitations: may("members:write") ? await listOpenInvitations(tx.db, tx.tenantId, now) : null,
      keys: may("keys:write") ? await listActiveKeys(tx.db, tx.tenantId, now) : null,
      workspace: may("workspace:write") ? await findOpenSettings(tx.db, tx.tenantId) : null,
      failures: may("runs:write") ? await findFailures(tx.db, tx.tenantId, addMs(now, -failureNoticeMs)) : null,
      dataRequests: may("privacy:write")
        ? await findPressingRequests(tx.db, tx.tenantId, addMs(now, requestNoticeMs))
        : null,
      overdueTasks:
        actor.kind === "person" && may("contacts:write")
          ? await findOverdueTasks(tx.db, tx.tenantId, actor.id, now)
          : null,
      audit: may("audit:read") ? { firstBroken: await findBrokenTail(tx.db, tx.tenantId, tailLines) } : null,
    })),
  ]);
  return { items: decideNeeds({ now, person, ...facts }), nextCursor: null };
}
