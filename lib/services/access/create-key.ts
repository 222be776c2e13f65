import type { z } from "zod";
import { findApiKey, insertApiKey } from "@/db/queries/access/keys";
import { grantableBy, type Permission, scopesCover } from "@/lib/domain/access/permissions";
import { newKey } from "@/lib/domain/access/secrets";
import type { NewApiKeyRequest } from "@/lib/domain/access/shapes";
import { AppError, invalid } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { type Context, requireFreshProof, requireScope, transaction } from "../context";
import { toApiKey } from "./list-keys";

/** Makes a key; its secret is in this answer and nowhere else. Nobody hands out more than they hold. */
export async function createKey(ctx: Context, request: z.output<typeof NewApiKeyRequest>) {
  requireScope(ctx, "keys:write");
  requireFreshProof(ctx);
  const beyond = scopesBeyond(ctx, request.scopes);
  if (beyond.length > 0) {
    throw new AppError("forbidden", `You cannot hand out what you do not hold: ${beyond.join(", ")}.`, {
      reason: "scope_beyond_own",
      facts: { beyond },
    });
  }
  if (request.expiresAt && request.expiresAt <= ctx.now()) throw invalid("/expires_at", "must lie in the future");
  return transaction(ctx, async (tx) => {
    const key = newKey("workspace");
    const id = uuidv7(tx.now().getTime());
    await insertApiKey(tx.db, tx.tenantId, {
      id,
      name: request.name,
      prefix: key.prefix,
      secretHash: key.hash,
      scopes: [...new Set(request.scopes)],
      createdBy: tx.actor.kind === "person" ? tx.actor.id : null,
      expiresAt: request.expiresAt ?? null,
      createdAt: tx.now(),
      metadata: request.metadata,
    });
    const row = await findApiKey(tx.db, tx.tenantId, id);
    if (!row) throw new Error("The key was not written.");
    await tx.audit({
      action: "key.created",
      subject: { kind: "key", id, name: row.name },
      after: { scopes: row.scopes, prefix: row.prefix, expiresAt: row.expiresAt?.toISOString() ?? null },
    });
    return { ...toApiKey(row, tx.now()), secret: key.secret };
  });
}

function scopesBeyond(ctx: Context, scopes: string[]): string[] {
  const { actor } = ctx;
  if (actor.kind === "person") {
    const verdict = grantableBy(actor.role, scopes);
    return verdict.kind === "yes" ? [] : verdict.because;
  }
  if (actor.kind === "key") return scopes.filter((scope) => !scopesCover(actor.scopes, scope as Permission));
  return [];
}
