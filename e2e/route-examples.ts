import { makeKey, makeMember, makePerson } from "@/db/factories/access";
import { makeEvent, makeRun } from "@/db/factories/engine";
import { upsertInvitation } from "@/db/queries/access/invitations";
import { withTenant } from "@/db/tenant";
import { cookieOf } from "@/e2e/call-api";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";

/** What the walk over all routes needs to know of each: a body that is accepted, and how to make what `{id}` names. */
export const exampleBodies: Record<string, unknown> = {
  "PATCH /api/v1/me": { name: "Darline" },
  "POST /api/v1/me/active-workspace": { tenant_uuid: "00000000-0000-4000-8000-000000000000" },
  "POST /api/v1/me/password": { current_password: "wrong", new_password: "correct horse battery" },
  "POST /api/v1/me/proof": { password: "wrong" },
  "POST /api/v1/me/second-factor/confirm": { code: "000000" },
  "POST /api/v1/workspaces": { name: "Boutik" },
  "PATCH /api/v1/workspaces/current": { name: "Boutik 2", time_zone: "America/Port-au-Prince", currency: "HTG" },
  "PATCH /api/v1/members/{id}": { role: "viewer" },
  "POST /api/v1/invitations": { email: "new@example.test", role: "viewer", metadata: { crmId: 7 } },
  "POST /api/v1/invitations/preview": { token: "a".repeat(43) },
  "POST /api/v1/invitations/accept": { token: "a".repeat(43) },
  "POST /api/v1/keys": { name: "Example", scopes: ["workspace:read"] },
  "POST /api/v1/runs/{id}/replay": { from: "failure" },
  "POST /api/v1/sign-up": {
    email: "someone@example.test",
    name: "Someone",
    workspace_name: "Somewhere",
  },
  "POST /api/v1/sign-up/confirm": { token: "a".repeat(43), password: "correct horse battery" },
  "POST /api/v1/sign-in-links": { email: "someone@example.test" },
  "POST /api/v1/password-resets": { email: "someone@example.test" },
  "POST /api/v1/password-resets/confirm": { token: "a".repeat(43), new_password: "correct horse battery" },
};

/** By the noun before `{id}`, or by verb and address where a door asks for something else of it. */
export const exampleIds: Record<string, (tenantId: TenantId) => Promise<string>> = {
  members: async (tenantId) => (await makeMember(tenantId)).id,
  keys: async (tenantId) => (await makeKey(tenantId)).id,
  events: async (tenantId) => (await makeEvent(tenantId)).id,
  runs: async (tenantId) => (await makeRun(tenantId, { scene: "failed" })).id,
  "POST /api/v1/runs/{id}/cancel": async (tenantId) => (await makeRun(tenantId, { scene: "sleeping" })).id,
  sessions: async () => (await cookieOf((await makePerson()).id)).sessionId,
  invitations: async (tenantId) => {
    const now = new Date();
    const id = uuidv7();
    const invitation = {
      id,
      email: `${id}@example.test`,
      role: "viewer",
      tokenHash: hashSecret(newToken()),
      invitedBy: null,
      sentAt: now,
      expiresAt: new Date(now.getTime() + 60_000),
    } as const;
    await withTenant(tenantId, "read write", (db) => upsertInvitation(db, tenantId, invitation));
    return id;
  },
};
