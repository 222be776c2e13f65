import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { shellCall } from "@/lib/ports";
import type { Context } from "@/lib/services/context";

/** An owner who has just proven who they are: for tests that call verbs and not doors. */
export function ownerOf(tenantId: TenantId): Context {
  const session = { email: "ann@example.test", sessionId: uuidv7(), provenAt: new Date() };
  return { ...shellCall(), tenantId, actor: { kind: "person", id: uuidv7(), name: "Ann", role: "owner", ...session } };
}
