import { createHmac } from "node:crypto";
import type { AddressHashes } from "@/lib/domain/contacts/ports";
import type { Env } from "@/lib/env";

/**
 * The names under which the suppression list knows addresses: a keyed hash, so that the list outlives the person's erasure
 * and tells nobody who is on it. The workspace is part of it, so two workspaces cannot compare their lists. 128 bits are
 * kept: nobody can search them, and they fit the type that PostgreSQL compares fastest.
 */
export function createAddressHashes(env: Pick<Env, "SUPPRESSION_PEPPER" | "AUTH_SECRET">): AddressHashes {
  const pepper =
    env.SUPPRESSION_PEPPER ?? createHmac("sha256", env.AUTH_SECRET).update("pepper of suppressed addresses").digest();
  const hash = (text: string) => {
    const hex = createHmac("sha256", pepper).update(text).digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  };
  return {
    hash: (tenantId, kind, address) => hash(`${tenantId}\n${kind}\n${address}`),
    fingerprint: () => hash("fingerprint"),
  };
}
