import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuilt } from "./setup/build.mjs";
import { complain, phase } from "./setup/terminal.mjs";

/** `npm run build`: what `npm start` does when sources changed. `--force` builds in any case. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

try {
  await phase("Building", () => ensureBuilt(root, { force: process.argv.includes("--force") }));
} catch (error) {
  complain(error);
  process.exitCode = error.exitCode ?? 1;
}
