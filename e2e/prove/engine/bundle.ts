import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * One file with everything in it: a process that lives for fifty milliseconds must not spend three hundred on reading
 * its libraries one by one. In `.cache`, so that nothing is left in the tree.
 */
export async function bundleWorker(entry: string, name: string): Promise<{ file: string; remove(): void }> {
  const dir = path.join(root, ".cache", `${name}-${process.pid}`);
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, "worker.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    tsconfig: "tsconfig.json",
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "silent",
    // Libraries inside that are still CommonJS ask for Node's own modules in their way.
    banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
  });
  return { file, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
