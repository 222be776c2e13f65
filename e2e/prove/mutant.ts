import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { holds, type Line } from "../measure";

const root = fileURLToPath(new URL("../..", import.meta.url));
const leftOut = new Set([
  "node_modules",
  ".git",
  ".next",
  ".data",
  ".cache",
  "dist",
  "test-results",
  "playwright-report",
]);

/** `shows` is the metric whose bar must fall there: red for another reason would be luck, not proof. */
export type Mutant = { mutant: string; shows: string };
export type MutantVerdict = { mutant: string; verdict: "found" | "missed" | "broken"; said: string };

/** A storm may pass a gap by; with the guard in place no storm falls into it, so one that does is proof enough. */
const mostStorms = 3;

/**
 * Runs a proof in a copy of the tree from which a guard was taken out. A proof that stays green there proves nothing.
 * `mutant` names a patch beside this file; the product itself has no switch for it.
 */
export async function runMutant(proof: string, { mutant, shows }: Mutant): Promise<MutantVerdict> {
  const copy = mkdtempSync(path.join(tmpdir(), "madan-sara-mutant-"));
  // The database may run as another user, who must be able to enter.
  chmodSync(copy, 0o755);
  try {
    for (const entry of readdirSync(root))
      if (!leftOut.has(entry)) cpSync(path.join(root, entry), path.join(copy, entry), { recursive: true });
    symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"), "junction");

    const patch = path.join(root, "e2e", "prove", "mutants", `${mutant}.patch`);
    if (!existsSync(patch)) return { mutant, verdict: "broken", said: `There is no ${patch}` };
    const applied = await applyPatch(copy, patch);
    if (applied !== null)
      return { mutant, verdict: "broken", said: `The patch no longer fits the code; make it anew:\n${applied}` };

    let last = "";
    for (let seed = 1; seed <= mostStorms; seed++) {
      const measured = ["scripts/measure.ts", "prove", proof, "--short", "--as-mutant", "--seed", String(seed)];
      const { code, said } = await run(process.execPath, ["--import", "tsx", ...measured], copy);
      // 2 and 3 mean that nothing was proven, which is not the same as a fault that was found.
      if (code !== 0 && code !== 1) return { mutant, verdict: "broken", said: said.slice(-2000) };
      if (code === 1 && fallen(said).includes(shows)) return { mutant, verdict: "found", said: "" };
      last = said.slice(-2000);
    }
    return { mutant, verdict: "missed", said: last };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The bars that fell, from the JSON line at the end. */
function fallen(said: string): string[] {
  try {
    const line = JSON.parse(said.trim().split("\n").at(-1) ?? "") as Pick<Line, "bars">;
    return Object.entries(line.bars)
      .filter(([, { value, op, bar }]) => !holds(value, op, bar))
      .map(([metric]) => metric);
  } catch {
    return [];
  }
}

async function applyPatch(copy: string, patch: string): Promise<string | null> {
  const said: string[] = [];
  for (const [command, ...args] of [
    ["git", "apply", "--whitespace=nowarn", patch],
    ["patch", "-p1", "--batch", "--forward", "--fuzz=2", "-i", patch],
  ] as const) {
    const result = await run(command, [...args], copy);
    if (result.code === 0) return null;
    said.push(result.said);
  }
  return said.join("\n").trim();
}

function run(command: string, args: string[], cwd: string): Promise<{ code: number; said: string }> {
  return new Promise((done) => {
    // Above the copy there may be a repository, to which git would then apply the patch.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(cwd) };
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", (error) => done({ code: 127, said: error.message }));
    child.once("close", (code) => done({ code: code ?? 1, said }));
  });
}
