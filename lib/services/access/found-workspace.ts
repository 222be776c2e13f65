import { createHash } from "node:crypto";
import type { z } from "zod";
import type { NewWorkspaceRequest } from "@/lib/domain/access/shapes";
import { invalid } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { provenTenant } from "@/lib/kernel/tenant";
import type { Actor, Call, Idempotency, PersonCall } from "../context";
import { createWorkspace } from "./create-workspace";
import { provisionWorkspace } from "./provision-workspace";

type Platform = Call & { actor: Extract<Actor, { kind: "platform" }>; idempotency?: Idempotency };
type Request = z.output<typeof NewWorkspaceRequest>;

/** One door, two callers: a person founds a workspace of their own, an organisation's key provisions one for somebody. */
export async function foundWorkspace(call: PersonCall | Platform, request: Request) {
  if ("actor" in call) {
    const tenantId = provenTenant(request.tenantUuid ?? newTenantId(call));
    return provisionWorkspace({ ...call, tenantId }, request);
  }
  for (const [given, field] of [
    [request.tenantUuid, "tenant_uuid"],
    [request.ownerEmail, "owner_email"],
    [request.keyScopes, "key_scopes"],
  ] as const) {
    if (given !== undefined) throw invalid(`/${field}`, "is for platform keys only");
  }
  return { workspace: await createWorkspace(call, call.person, request), apiKey: null };
}

/** Under an Idempotency-Key the same request means the same workspace, so that its stored answer is found there. */
function newTenantId(call: Platform): string {
  if (!call.idempotency) return uuidv7(call.now().getTime());
  const bytes = createHash("sha256").update(`${call.idempotency.callerId} ${call.idempotency.key}`).digest();
  return uuidv7(bytes.readUIntBE(0, 6), bytes.subarray(6, 16));
}
