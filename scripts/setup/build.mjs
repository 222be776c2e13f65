import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { locked } from "./lock.mjs";
import { repairDependencies } from "./repairs.mjs";
import { diskTrouble, Refusal } from "./terminal.mjs";
import { ensureWritable } from "./writable.mjs";

const sourceFolders = ["app", "components", "lib", "db", "inngest", "public", "scripts"];
const rootFile = /^(package(-lock)?\.json|.*\.(ts|mjs|js|cjs)|tsconfig\.json)$/;
const noSource = /(\.test\.tsx?$)|(^next-env\.d\.ts$)|(\.tsbuildinfo$)/;

/** What runs without Next, each bundled into one file, so that production needs neither tsx nor the sources. */
const bundles = {
  server: "server.ts",
  launch: "scripts/launch.ts",
  migrate: "scripts/migrate.ts",
  seed: "scripts/seed.ts",
  key: "scripts/key.ts",
  reset: "scripts/reset.ts",
};

/** The files that a build is made of, in a stable order. */
export function sourceFiles(root) {
  const files = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && rootFile.test(entry.name))
    .map((entry) => entry.name);
  for (const folder of sourceFolders) {
    if (!existsSync(join(root, folder))) continue;
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const parent = entry.parentPath ?? entry.path;
      files.push(
        join(parent, entry.name)
          .slice(root.length + 1)
          .replaceAll("\\", "/"),
      );
    }
  }
  return files.filter((file) => !noSource.test(file)).sort();
}

/** One hash over sources, lockfile, Node's major version and what the browser is told at build time. */
export function buildHash(root, { environment = process.env, nodeVersion = process.versions.node } = {}) {
  const hash = createHash("sha256");
  const field = (text) => hash.update(`${Buffer.byteLength(text)}:`).update(text);
  field(nodeVersion.split(".")[0]);
  for (const name of Object.keys(environment).sort()) {
    if (name.startsWith("NEXT_PUBLIC_")) field(`${name}=${environment[name]}`);
  }
  for (const file of sourceFiles(root)) {
    field(file);
    const content = readFileSync(join(root, file));
    hash.update(`${content.length}:`).update(content);
  }
  return hash.digest("hex");
}

function isCurrent(root, hash) {
  const marker = join(root, ".next", "madan-sara-build");
  const complete = existsSync(join(root, ".next", "BUILD_ID")) && existsSync(join(root, "dist", "launch.mjs"));
  return complete && existsSync(marker) && readFileSync(marker, "utf8") === hash;
}

/** Builds unless the last build was made of the same sources. Says which. */
export async function ensureBuilt(root, { force = false } = {}) {
  // A production image carries the build and none of the sources it was made of.
  if (!existsSync(join(root, "server.ts")) && existsSync(join(root, "dist", "launch.mjs"))) return "as shipped";
  if (!force && isCurrent(root, buildHash(root))) return "up to date";
  for (const folder of [".next", "dist"]) ensureWritable(join(root, folder));
  return locked(join(root, ".cache", "build.lock"), async () => {
    // Hashed again: another start may have built meanwhile, or a file changed.
    const hash = buildHash(root);
    if (!force && isCurrent(root, hash)) return "up to date";
    const marker = join(root, ".next", "madan-sara-build");
    rmSync(marker, { force: true });
    repairDependencies(root);
    await bundle(root);
    await buildPages(root);
    mkdirSync(join(root, ".next"), { recursive: true });
    writeFileSync(marker, hash);
    return "done";
  });
}

async function bundle(root) {
  const { build } = await import("esbuild");
  rmSync(join(root, "dist"), { recursive: true, force: true });
  try {
    await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(Object.entries(bundles).filter(([, file]) => existsSync(join(root, file)))),
      outdir: "dist",
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      tsconfig: "tsconfig.json",
      sourcemap: "linked",
      sourcesContent: false,
      logLevel: "silent",
    });
  } catch (error) {
    throw new Refusal(diskTrouble(error, join(root, "dist")) ?? `The server could not be bundled:\n${error.message}`);
  }
}

function buildPages(root) {
  const environment = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
      cwd: root,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    const listen = (chunk) => {
      said = (said + chunk).slice(-20_000);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    // Stopped with us: a build that goes on alone would hold its lock against the next start.
    const stop = (signal) => {
      child.kill("SIGTERM");
      child.once("close", () => process.exit(signal === "SIGINT" ? 130 : 143));
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.once(signal, stop);
    child.once("error", failed);
    child.once("close", (code) => {
      for (const signal of signals) process.off(signal, stop);
      if (code === 0) return done();
      const trouble = /ENOSPC|EROFS|no space left|read-only file system/i.test(said)
        ? diskTrouble(said, join(root, ".next"))
        : null;
      failed(new Refusal(trouble ?? `The build failed:\n\n${said.trim()}`));
    });
  });
}
