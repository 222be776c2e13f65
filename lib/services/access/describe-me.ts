import { listMemberships, updatePerson as update } from "@/db/queries/access/people";
import { findWorkspace } from "@/db/queries/access/workspaces";
import { asGate } from "@/db/system";
import { allPermissions, roleMay, scopesCover } from "@/lib/domain/access/permissions";
import type { Me } from "@/lib/domain/access/shapes";
import { notFound } from "@/lib/kernel/errors";
import { toWireId } from "@/lib/kernel/ids";
import { type Context, type PersonCall, read } from "../context";
import { describeSecondFactor } from "./second-factor";

/** A program's first call: which workspace this key opens, and what it may do there. */
export async function describeKey(ctx: Context): Promise<Me> {
  if (ctx.actor.kind !== "key") throw new Error("Only a key is described here.");
  const { actor } = ctx;
  const workspace = await read(ctx, (tx) => findWorkspace(tx.db, tx.tenantId));
  if (!workspace) throw notFound("workspace");
  return {
    kind: "key",
    tenantUuid: ctx.tenantId,
    workspace: summary(workspace),
    role: null,
    permissions: allPermissions.filter((permission) => scopesCover(actor.scopes, permission)),
    person: null,
    key: { id: toWireId("key", actor.id), name: actor.name },
    workspaces: [],
  };
}

export async function describePerson(call: PersonCall, ctx: Context | null): Promise<Me> {
  const [memberships, facts, workspace] = await Promise.all([
    asGate((db) => listMemberships(db, call.person.id)),
    describeSecondFactor(call.person.id),
    ctx ? read(ctx, (tx) => findWorkspace(tx.db, tx.tenantId)) : null,
  ]);
  const { person, ...secrets } = facts;
  if (!person) throw notFound("person");
  const role = ctx?.actor.kind === "person" ? ctx.actor.role : null;
  return {
    kind: "person",
    tenantUuid: ctx?.tenantId ?? null,
    workspace: workspace && summary(workspace),
    role,
    permissions: role ? allPermissions.filter((permission) => roleMay(role, permission)) : [],
    person: {
      id: person.id,
      name: person.name,
      email: person.email,
      locale: person.locale,
      timeZone: person.timeZone,
      ...secrets,
    },
    key: null,
    workspaces: memberships.map(({ tenantId, name, handle, role }) => ({ tenantUuid: tenantId, name, handle, role })),
  };
}

export async function updateMe(
  call: PersonCall,
  changes: { name?: string; locale?: string; timeZone?: string | null },
): Promise<void> {
  await asGate((db) => update(db, call.person.id, changes));
}

function summary(row: { name: string; handle: string; timeZone: string; currency: string }) {
  return { name: row.name, handle: row.handle, timeZone: row.timeZone, currency: row.currency };
}
