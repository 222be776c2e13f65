import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureBuilt } from "./setup/build.mjs";
import { refuseTakenPort } from "./setup/port.mjs";
import { complain, phase } from "./setup/terminal.mjs";

/**
 * `npm start`: build if needed, then database, migrations, demo workspace and server in this one process, so that a
 * `kill -9` of it leaves at most the database behind, which the next start finds. `npm run dev` does the same from the
 * sources (`node --import tsx scripts/start.mjs --dev`).
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dev = process.argv.includes("--dev");
process.chdir(root);
process.env.NODE_ENV = dev ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

try {
  await refuseTakenPort(root);
  if (!dev) await phase("Building", () => ensureBuilt(root));
  const { launch } = await import(pathToFileURL(join(root, dev ? "scripts/launch.ts" : "dist/launch.mjs")).href);
  await launch({ phase, dev });
} catch (error) {
  complain(error);
  process.exit(error.exitCode ?? 1);
}
