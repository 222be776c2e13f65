import { makeMember, makeWorkspace } from "@/db/factories/access";
import { makeConsentRest } from "@/db/factories/consent";
import { makeContactWork, makePlainContact } from "@/db/factories/contact-work";
import { makeContactRest } from "@/db/factories/contacts";
import { makeEngineRest, makeEvent, makeRun } from "@/db/factories/engine";
import { makeExport, makeImport, makeProblem } from "@/db/factories/imports";
import { makeDataRequest, makePrivacyRest } from "@/db/factories/privacy";
import { makeSegmentRest } from "@/db/factories/segments";
import type { TenantId } from "@/lib/kernel/tenant";
import { ports, shellCall } from "@/lib/ports";
import { mintKeyFromShell } from "@/lib/services/access/mint-key-from-shell";
import { callApi, cookieOf } from "./call-api";

export type FurnishedWorkspace = {
  tenantId: TenantId;
  handle: string;
  /** May do everything that a key may. */
  key: string;
  ownerId: string;
  /** Signs the owner in; each time a session of its own. */
  signIn(): Promise<{ cookie: string; sessionId: string }>;
};

/** A workspace on its first day, with its owner, a key and somebody invited: journeys count what they bring themselves. */
export async function freshWorkspace(handle: string): Promise<FurnishedWorkspace> {
  const { tenantId } = await makeWorkspace({ name: handle, handle });
  const owner = await makeMember(tenantId, {
    role: "owner",
    name: `Owner of ${handle}`,
    email: `${handle}@example.test`,
  });
  const { secret } = await mintKeyFromShell(shellCall(), {
    workspace: handle,
    scopes: ["*"],
    name: `Key of ${handle}`,
  });
  const headers = { "idempotency-key": `furnishes-${handle}` };
  const invitation = { email: `invited-to-${handle}@example.test`, role: "viewer" };
  const invited = await callApi("POST", "/api/v1/invitations", { key: secret, headers, body: invitation });
  if (invited.status !== 201) throw new Error(`The invitation was answered ${invited.status}: ${await invited.text()}`);
  const signIn = () => cookieOf(owner.personId, { activeTenantId: tenantId });
  return { tenantId, handle, key: secret, ownerId: owner.personId, signIn };
}

/** One of each thing that a workspace can hold, in every table: a wall proves nothing before an empty room. */
export async function furnishedWorkspace(handle: string): Promise<FurnishedWorkspace> {
  const workspace = await freshWorkspace(handle);
  const { tenantId } = workspace;
  await makeRun(tenantId, { scene: "waiting" });
  await makeEvent(tenantId);
  await makeEngineRest(tenantId);
  await makeContactRest(tenantId);
  await makeContactWork(tenantId);
  await makeProblem(tenantId, (await makeImport(tenantId)).id);
  await makeExport(tenantId);
  await makeSegmentRest(tenantId);
  await makeConsentRest(tenantId, (await makePlainContact(tenantId)).id, ports().hashes.fingerprint());
  await makeDataRequest(tenantId);
  await makePrivacyRest(tenantId);
  return workspace;
}
