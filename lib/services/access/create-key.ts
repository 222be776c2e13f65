import type { z } from "zod";
import { findApiKey } from "@/db/queries/access/keys";
import { grantableBy, type Permission, scopesCover } from "@/lib/domain/access/permissions";
import type { NewApiKeyRequest } from "@/lib/domain/access/shapes";
import { AppError, invalid } from "@/lib/kernel/errors";
import { type Context, requireFreshProof, requireScope, transaction } from "../context";
import { toApiKey } from "./list-keys";
import { writeKey } from "./write-key";

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
    const { id, secret } = await writeKey(tx, request);
    const row = await findApiKey(tx.db, tx.tenantId, id);
    if (!row) throw new Error("The key was not written.");
    return { ...toApiKey(row, tx.now()), secret };
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
