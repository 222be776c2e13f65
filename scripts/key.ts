import { parseArgs } from "node:util";
import { migrate } from "@/db/migrate";
import { shellCall } from "@/lib/ports";
import { mintKeyFromShell, type ShellKeyRequest } from "@/lib/services/access/mint-key-from-shell";
import { revokeKeyFromShell } from "@/lib/services/access/revoke-key-from-shell";
import { CommandError, runCommand } from "./setup/run-command";

const usage = `npm run key -- --workspace HANDLE --scopes a,b [--name NAME]
npm run key -- --organisation NAME --scopes a,b [--name NAME]   (a platform key)
npm run key -- --revoke PREFIX                                  (the key's beginning, such as ms_live_ab12cd34)
  --scopes "*" gives all. The key is printed once, as the last line.`;

await runCommand(async () => {
  const request = readArguments();
  await migrate();
  const call = shellCall();
  if ("revoke" in request) {
    const { name } = await revokeKeyFromShell(call, request.revoke);
    process.stdout.write(`Revoked "${name}".\n`);
    return;
  }
  const { secret } = await mintKeyFromShell(call, request);
  process.stdout.write(`${secret}\n`);
});

function readArguments(): ShellKeyRequest | { revoke: string } {
  const text = { type: "string" } as const;
  try {
    const options = { workspace: text, scopes: text, name: text, organisation: text, revoke: text };
    const { values } = parseArgs({ options });
    if (values.revoke) return { revoke: values.revoke };
    const scopes = (values.scopes ?? "")
      .split(",")
      .map((scope) => scope.trim())
      .filter((scope) => scope !== "");
    if (scopes.length === 0) throw new Error("--scopes is missing.");
    const common = { scopes, ...(values.name ? { name: values.name } : {}) };
    if (values.workspace && values.organisation) throw new Error("Give --workspace or --organisation, not both.");
    if (values.workspace) return { ...common, workspace: values.workspace };
    if (values.organisation) return { ...common, organisation: values.organisation };
    throw new Error("--workspace is missing.");
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
