import { insertApiKey } from "@/db/queries/access/keys";
import { newKey } from "@/lib/domain/access/secrets";
import { uuidv7 } from "@/lib/kernel/ids";
import type { Tx } from "../context";

export type WantedKey = { name: string; scopes: string[]; expiresAt?: Date | null; metadata?: Record<string, unknown> };

/** Every way to a key ends here: the hash in the table, the line in the log, the secret in the caller's hand only. */
export async function writeKey(tx: Tx, wanted: WantedKey): Promise<{ id: string; secret: string }> {
  const key = newKey("workspace");
  const now = tx.now();
  const id = uuidv7(now.getTime());
  const scopes = [...new Set(wanted.scopes)];
  const expiresAt = wanted.expiresAt ?? null;
  await insertApiKey(tx.db, tx.tenantId, {
    id,
    name: wanted.name,
    prefix: key.prefix,
    secretHash: key.hash,
    scopes,
    createdBy: tx.actor.kind === "person" ? tx.actor.id : null,
    expiresAt,
    createdAt: now,
    metadata: wanted.metadata,
  });
  await tx.audit({
    action: "key.created",
    subject: { kind: "key", id, name: wanted.name },
    after: { scopes, prefix: key.prefix, expiresAt: expiresAt?.toISOString() ?? null },
  });
  return { id, secret: key.secret };
}
