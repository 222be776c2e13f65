import { makeMember, makeWorkspace } from "@/db/factories/access";
import { upsertInvitation } from "@/db/queries/access/invitations";
import { withTenant } from "@/db/tenant";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { shellCall } from "@/lib/ports";
import { mintKeyFromShell } from "@/lib/services/access/mint-key-from-shell";
import { cookieOf } from "./call-api";

export type FurnishedWorkspace = {
  tenantId: TenantId;
  handle: string;
  /** May do everything that a key may. */
  key: string;
  ownerId: string;
  /** Signs the owner in; each time a session of its own. */
  signIn(): Promise<{ cookie: string; sessionId: string }>;
};

/** One of each thing that a workspace can hold: owner, session, invitation, key, and the key's audit line. */
export async function furnishedWorkspace(handle: string): Promise<FurnishedWorkspace> {
  const { tenantId } = await makeWorkspace({ name: handle, handle });
  const owner = await makeMember(tenantId, {
    role: "owner",
    name: `Owner of ${handle}`,
    email: `${handle}@example.test`,
  });
  const now = new Date();
  await withTenant(tenantId, "read write", (db) =>
    upsertInvitation(db, tenantId, {
      id: uuidv7(),
      email: `invited-to-${handle}@example.test`,
      role: "viewer",
      tokenHash: hashSecret(newToken()),
      invitedBy: owner.personId,
      sentAt: now,
      expiresAt: new Date(now.getTime() + 3_600_000),
    }),
  );
  const { secret } = await mintKeyFromShell(shellCall(), {
    workspace: handle,
    scopes: ["*"],
    name: `Key of ${handle}`,
  });
  const signIn = () => cookieOf(owner.personId, { activeTenantId: tenantId });
  return { tenantId, handle, key: secret, ownerId: owner.personId, signIn };
}
