import { findKeyByPrefix, revokePlatformKey } from "@/db/queries/access/keys";
import { asGate } from "@/db/system";
import { AppError } from "@/lib/kernel/errors";
import { provenTenant } from "@/lib/kernel/tenant";
import type { Call, Context } from "../context";
import { revokeKey } from "./revoke-key";

/** Ends a key by its visible beginning: the way out for a platform key, which no workspace's page can show. */
export async function revokeKeyFromShell(call: Call, prefix: string): Promise<{ name: string }> {
  const key = await asGate((db) => findKeyByPrefix(db, prefix));
  if (key) {
    const ctx: Context = {
      ...call,
      tenantId: provenTenant(key.tenantId),
      actor: { kind: "system", name: "Command line" },
    };
    return revokeKey(ctx, key.id);
  }
  const platformKey = await asGate((db) => revokePlatformKey(db, prefix, call.now()));
  if (!platformKey) throw new AppError("not_found", `No key begins with "${prefix}". It looks like ms_live_ab12cd34.`);
  return platformKey;
}
