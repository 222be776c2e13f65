import { insertPlatformKey } from "@/db/queries/access/keys";
import { ensureOrganisation, findWorkspaceByHandle } from "@/db/queries/access/workspaces";
import { asGate } from "@/db/system";
import { allScopes, platformScopes } from "@/lib/domain/access/permissions";
import { newKey } from "@/lib/domain/access/secrets";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { provenTenant } from "@/lib/kernel/tenant";
import { type Call, type Context, transaction } from "../context";
import { writeKey } from "./write-key";

export type ShellKeyRequest = { scopes: string[]; name?: string } & ({ workspace: string } | { organisation: string });

/** Whoever has the shell has the database: no gate, but the same table, the same hash and an audit line. */
export async function mintKeyFromShell(call: Call, request: ShellKeyRequest): Promise<{ secret: string }> {
  const known: readonly string[] = "organisation" in request ? Object.keys(platformScopes) : allScopes;
  const unknown = request.scopes.filter((scope) => !known.includes(scope));
  if (request.scopes.length === 0 || unknown.length > 0) {
    throw new AppError(
      "invalid_input",
      `Unknown scopes: ${unknown.join(", ") || "none given"}. Known: ${known.join(", ")}.`,
    );
  }
  return "organisation" in request ? mintPlatformKey(call, request) : mintWorkspaceKey(call, request);
}

async function mintWorkspaceKey(call: Call, request: { workspace: string; scopes: string[]; name?: string }) {
  const workspace = await asGate((db) => findWorkspaceByHandle(db, request.workspace));
  if (!workspace) throw new AppError("not_found", `There is no workspace with the handle "${request.workspace}".`);
  const ctx: Context = {
    ...call,
    tenantId: provenTenant(workspace.tenantId),
    actor: { kind: "system", name: "Command line" },
  };
  return transaction(ctx, (tx) =>
    writeKey(tx, { name: request.name ?? "From the command line", scopes: request.scopes }),
  );
}

async function mintPlatformKey(call: Call, request: { organisation: string; scopes: string[]; name?: string }) {
  const key = newKey("platform");
  await asGate(async (db) => {
    const organisation = await ensureOrganisation(db, { id: uuidv7(call.now().getTime()), name: request.organisation });
    await insertPlatformKey(db, {
      id: uuidv7(call.now().getTime()),
      organisationId: organisation.id,
      name: request.name ?? `Key of ${organisation.name}`,
      prefix: key.prefix,
      secretHash: key.hash,
      scopes: request.scopes,
    });
  });
  return { secret: key.secret };
}
