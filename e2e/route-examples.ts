import { makeKey, makeMember, makePerson } from "@/db/factories/access";
import { makeSuppression, makeTopic } from "@/db/factories/consent";
import { makeBulkChange, makeMerge, makeNote, makePlainContact, makeTask } from "@/db/factories/contact-work";
import { makeAttribute, makeContact, makeIdentity, makeNamed } from "@/db/factories/contacts";
import { makeEvent, makeRun } from "@/db/factories/engine";
import { makeExport, makeImport } from "@/db/factories/imports";
import { makeDataRequest } from "@/db/factories/privacy";
import { makeSegment } from "@/db/factories/segments";
import { upsertInvitation } from "@/db/queries/access/invitations";
import { withTenant } from "@/db/tenant";
import { cookieOf } from "@/e2e/call-api";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import { ScoreWeights } from "@/lib/domain/contacts/score-shapes";
import { defaultWeights } from "@/lib/domain/contacts/score-weights";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { toWire } from "@/lib/kernel/wire";

/** Who goes in the merge of the walk: one id in every workspace. */
const exampleLoser = "01936b5e-7c00-7000-8000-00000000000b";

/** What the walk over all routes needs to know of each: a body that is accepted, and how to make what `{id}` names. */
export const exampleBodies: Record<string, unknown> = {
  "POST /api/v1/contacts": { name: "Josette Alcindor", phone: "+50934123456", tags: ["vip"] },
  "PATCH /api/v1/contacts/{id}": { stage: "customer" },
  "PUT /api/v1/contacts/by-external-id/{external_id}": { name: "Josette Alcindor" },
  "POST /api/v1/contacts/bulk-upsert": { contacts: [{ external_id: "shop-1", email: "josette@example.test" }] },
  "POST /api/v1/contacts/{id}/identities": { channel: "instagram", external_id: "17841400000000000" },
  "POST /api/v1/tags": { name: "Wholesale" },
  "PATCH /api/v1/tags/{id}": { name: "Retail" },
  "POST /api/v1/companies": { name: "Boutik Kreyòl", domain: "kreyol.example" },
  "PATCH /api/v1/companies/{id}": { name: "Boutik Kreyòl 2" },
  "POST /api/v1/attributes": { key: "shoe_size", label: "Shoe size", type: "number" },
  "PATCH /api/v1/attributes/{id}": { label: "Size of shoes" },
  "PATCH /api/v1/me": { name: "Darline" },
  "POST /api/v1/me/active-workspace": { tenant_uuid: "00000000-0000-4000-8000-000000000000" },
  "POST /api/v1/me/password": { current_password: "wrong", new_password: "correct horse battery" },
  "POST /api/v1/me/proof": { password: "wrong" },
  "POST /api/v1/me/second-factor/confirm": { code: "000000" },
  "POST /api/v1/workspaces": { name: "Boutik" },
  "PATCH /api/v1/workspaces/current": { name: "Boutik 2", time_zone: "America/Port-au-Prince", currency: "HTG" },
  "PATCH /api/v1/members/{id}": { role: "viewer" },
  "POST /api/v1/contacts/{id}/notes": { text: "Likes indigo." },
  "POST /api/v1/contacts/{id}/merge": { other_id: exampleLoser },
  "POST /api/v1/contacts/bulk": { act: "stage", target: { filter: { stage: "lead" } }, detail: { stage: "qualified" } },
  "POST /api/v1/duplicates/dismiss": { contact_id: exampleLoser, other_id: uuidv7() },
  "PATCH /api/v1/notes/{id}": { text: "Likes red by now." },
  "PUT /api/v1/score-model": { weights: toWire(ScoreWeights, defaultWeights) },
  "POST /api/v1/score-model/preview": { weights: toWire(ScoreWeights, defaultWeights) },
  "POST /api/v1/tasks": { title: "Call back", due_at: "2026-12-01T15:00:00Z" },
  "PATCH /api/v1/tasks/{id}": { is_done: true },
  "POST /api/v1/imports": Buffer.from("Name,E-mail\r\nMirlande,mirlande@example.test\r\n"),
  "PATCH /api/v1/imports/{id}": { policy: "skip" },
  "POST /api/v1/imports/{id}/preview": {},
  "POST /api/v1/exports": { filter: { stage: "lead" } },
  "POST /api/v1/contacts/{id}/consents": { channel: "email", state: "granted", source_detail: "Checkout" },
  "POST /api/v1/contacts/{id}/preference-link": { channel: "email" },
  "POST /api/v1/contacts/{id}/erase": {},
  "POST /api/v1/topics": { name: "News from the loom", metadata: { crmId: 7 } },
  "PATCH /api/v1/topics/{id}": { is_public: false },
  "POST /api/v1/suppressions": { address: "stop@example.test", reason: "manual" },
  "POST /api/v1/suppressions/check": { address: "stop@example.test" },
  "POST /api/v1/suppressions/{id}/lift": { because: "The mail box works again" },
  "POST /api/v1/data-requests": { kind: "access", asked_by: "By letter" },
  "PATCH /api/v1/data-requests/{id}": { note: "Called back" },
  "POST /api/v1/data-requests/{id}/close": { state: "done", outcome: "Sent by letter" },
  "PUT /api/v1/retention": { rules: [{ data_class: "score_history", days: 90 }] },
  "POST /api/v1/invitations": { email: "new@example.test", role: "viewer", metadata: { crmId: 7 } },
  "POST /api/v1/invitations/preview": { token: "a".repeat(43) },
  "POST /api/v1/invitations/accept": { token: "a".repeat(43) },
  "POST /api/v1/keys": { name: "Example", scopes: ["workspace:read"] },
  "POST /api/v1/runs/{id}/replay": { from: "failure" },
  "POST /api/v1/segments": { name: "Warm", rules: { all: [{ field: "score", operator: "over", value: 60 }] } },
  "PATCH /api/v1/segments/{id}": { name: "Regulars of the house" },
  "POST /api/v1/segments/count": { rules: { all: [{ field: "stage", operator: "is_any_of", value: ["lead"] }] } },
  "POST /api/v1/segments/{id}/members": { add: [], remove: [] },
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

/**
 * By the noun before `{id}`, or by verb and address where a door asks for something else of it. An address with several
 * parts to fill is answered by their names.
 */
export const exampleIds: Record<string, (tenantId: TenantId) => Promise<string | Record<string, string>>> = {
  tags: async (tenantId) => (await makeNamed(tenantId, "tags")).id,
  companies: async (tenantId) => (await makeNamed(tenantId, "companies")).id,
  attributes: async (tenantId) => (await makeAttribute(tenantId)).id,
  "GET /api/v1/contacts/by-external-id/{external_id}": makeNumbered,
  "PUT /api/v1/contacts/by-external-id/{external_id}": makeNumbered,
  "DELETE /api/v1/contacts/{id}/identities/{identity_id}": makeIdentity,
  members: async (tenantId) => (await makeMember(tenantId)).id,
  keys: async (tenantId) => (await makeKey(tenantId)).id,
  events: async (tenantId) => (await makeEvent(tenantId)).id,
  runs: async (tenantId) => (await makeRun(tenantId, { scene: "failed" })).id,
  "POST /api/v1/runs/{id}/cancel": async (tenantId) => (await makeRun(tenantId, { scene: "sleeping" })).id,
  imports: async (tenantId) => (await makeImport(tenantId)).id,
  "POST /api/v1/imports/{id}/cancel": async (tenantId) => (await makeImport(tenantId, { state: "running" })).id,
  "POST /api/v1/imports/{id}/undo": async (tenantId) => (await makeImport(tenantId, { state: "done" })).id,
  exports: async (tenantId) => (await makeExport(tenantId)).id,
  segments: async (tenantId) => (await makeSegment(tenantId)).id,
  "POST /api/v1/segments/{id}/refresh": async (tenantId) => (await makeSegment(tenantId, { rules: { all: [] } })).id,
  bulk: async (tenantId) => (await makeBulkChange(tenantId)).id,
  notes: async (tenantId) => (await makeNote(tenantId)).id,
  tasks: async (tenantId) => (await makeTask(tenantId)).id,
  merges: async (tenantId) => (await makeMerge(tenantId)).id,
  "POST /api/v1/contacts/{id}/merge": async (tenantId) => {
    await makePlainContact(tenantId, { id: exampleLoser });
    return (await makePlainContact(tenantId)).id;
  },
  contacts: async (tenantId) => (await makePlainContact(tenantId)).id,
  topics: async (tenantId) => (await makeTopic(tenantId)).id,
  suppressions: async (tenantId) => (await makeSuppression(tenantId, { reason: "hard_bounce" })).id,
  "data-requests": async (tenantId) => (await makeDataRequest(tenantId)).id,
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

async function makeNumbered(tenantId: TenantId) {
  const externalId = `shop-${uuidv7()}`;
  await makeContact(tenantId, { externalId });
  return { external_id: externalId };
}
