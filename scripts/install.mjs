import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanedEnvironment, satisfies, staleness } from "./setup/dependencies.mjs";
import { locked } from "./setup/lock.mjs";
import { repairDependencies } from "./setup/repairs.mjs";
import { announce, complain, phase, Refusal } from "./setup/terminal.mjs";
import { ensureWritable } from "./setup/writable.mjs";

/** Runs before start, dev and test: installs what is missing or stale. Node built-ins only. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  if (!satisfies(process.version, engines.node)) {
    throw new Refusal(
      `Node ${process.version} is too old: Madan Sara needs Node ${engines.node.replace(">=", "")} or newer. See https://nodejs.org.`,
    );
  }
  await ensureInstalled();
  for (const trouble of repairDependencies(root)) announce("Dependencies", trouble);
} catch (error) {
  complain(error);
  process.exit(error.exitCode ?? 1);
}

async function ensureInstalled() {
  if (staleness(root) === null) {
    await phase("Dependencies", () => "up to date");
    return;
  }
  ensureWritable(join(root, "node_modules"));
  const lock = join(root, ".cache", "install.lock");
  await locked(lock, install, () => announce("Dependencies", "another start is installing them, waiting"));
}

async function install() {
  // Another start may have done it while this one waited.
  const because = staleness(root);
  if (because === null) return announce("Dependencies", "installed by the other start");
  announce("Dependencies", `installing (${because})`);
  const began = performance.now();
  const code = await npm(["install", "--include=dev", "--include=optional", "--no-audit", "--no-fund"]);
  if (code !== 0) {
    throw new Refusal(
      "The dependencies could not be installed; npm says why above. " +
        "If this machine is offline: connect it for the first start, later ones need no network. " +
        "If a disk is full or read-only, node_modules is what needs the room (about 1 GB).",
    );
  }
  announce("Dependencies", `installed in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function npm(args) {
  const path = process.env.npm_execpath;
  // Run by hand (`node scripts/install.mjs`) there is no npm_execpath; on Windows npm is then a script for the shell.
  const [command, before] = path ? [process.execPath, [path]] : ["npm", []];
  return new Promise((done, failed) => {
    const child = spawn(command, [...before, ...args], {
      cwd: root,
      env: cleanedEnvironment(process.env),
      stdio: "inherit",
      shell: !path && process.platform === "win32",
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => child.kill(signal));
    child.once("error", (error) =>
      failed(error.code === "ENOENT" ? new Refusal("npm was not found; it comes with Node.") : error),
    );
    child.once("close", (code, signal) => done(signal ? 1 : code));
  });
}
