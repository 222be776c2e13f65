import type { z } from "zod";
import type { NewWorkspaceRequest } from "@/lib/domain/access/shapes";
import { AppError } from "@/lib/kernel/errors";
import { type Context, transaction } from "../context";
import { insertNewWorkspace } from "./create-workspace";
import { toWorkspace } from "./find-workspace";
import { writeInvitation } from "./invite-member";
import { writeKey } from "./write-key";

/** An organisation's key makes a workspace under the caller's own tenant_uuid, with its first key and its owner invited. */
export async function provisionWorkspace(ctx: Context, request: z.output<typeof NewWorkspaceRequest>) {
  const { actor } = ctx;
  if (actor.kind !== "platform" || !actor.scopes.includes("tenants:write")) {
    throw new AppError("forbidden", "This needs a platform key with the scope tenants:write.", {
      reason: "missing_scope",
      facts: { needs: "tenants:write" },
    });
  }
  return transaction(ctx, async (tx) => {
    const row = await insertNewWorkspace(tx, request, actor.organisationId);
    await tx.audit({
      action: "workspace.created",
      subject: { kind: "workspace", id: tx.tenantId, name: row.name },
      after: { name: row.name, organisation: actor.organisationId },
    });
    if (request.ownerEmail) await writeInvitation(tx, { email: request.ownerEmail, role: "owner" }, row.name);
    const name = `Provisioned by ${actor.name}`.slice(0, 80);
    const key = request.keyScopes && (await writeKey(tx, { name, scopes: request.keyScopes }));
    return { workspace: toWorkspace(row), apiKey: key ? key.secret : null };
  });
}
