import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { seconds } from "./setup/terminal.mjs";

/**
 * `npm test`: types, lint, import rules, unit and integration tests, the short measurements, the build, the journeys in a
 * browser. What fails does not stop the rest, so one run tells everything; the last line sums it up.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, ".cache", "test");
process.chdir(root);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const began = performance.now();
const total = { passed: 0, failed: 0, skipped: 0 };
const children = new Set();
let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    isStopping = true;
    for (const child of children) child.kill("SIGTERM");
  });
}

const bin = (name) => join(root, "node_modules", ...name.split("/"));
const node = (...args) => [process.execPath, ...args];
const tsx = (...args) => node("--import", "tsx", ...args);
const next = (...args) => node(bin("next/dist/bin/next"), ...args);

const typesPhase = {
  name: "Types",
  commands: [next("typegen"), node(bin("typescript/bin/tsc"), "--noEmit", "-p", ".")],
};
const lintPhase = {
  name: "Lint and format",
  commands: [node(bin("@biomejs/biome/bin/biome"), "ci", "--colors=off", "--max-diagnostics=100", ".")],
};
const importsPhase = { name: "Import rules", commands: [tsx("scripts/check-imports.ts")] };
const unitPhase = {
  name: "Unit, integration",
  commands: [
    node(
      bin("vitest/vitest.mjs"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile=${join(results, "unit.json")}`,
    ),
  ],
  count: () => vitestCount(join(results, "unit.json")),
};
const buildPhase = { name: "Build", commands: [node("scripts/build.mjs")] };
const journeysPhase = {
  name: "Journeys",
  commands: [node(bin("@playwright/test/cli.js"), "test")],
  count: () => playwrightCount(join(results, "journeys.json")),
};
const measured = (kind, name) => ({
  name: `${kind} ${name}`,
  commands: [tsx("scripts/measure.ts", kind, name, "--short")],
  // 3: the data of this measurement is not on this machine.
  count: (code) => (code === 3 ? { passed: 0, failed: 0, skipped: 1 } : undefined),
});

if (process.argv.includes("--check")) {
  await inTurn(typesPhase, lintPhase, importsPhase);
} else {
  let isBuilt = false;
  // Two cores, two lanes. The types of pages and routes are written by the build, so they are checked after it.
  await Promise.all([
    inTurn(lintPhase, importsPhase, unitPhase),
    inTurn(buildPhase).then(async (built) => {
      isBuilt = built;
      await inTurn(typesPhase);
    }),
  ]);
  // A browser beside a compiler is slow, and slow journeys are flaky ones: so these have the machine for themselves.
  if (isBuilt) await inTurn(journeysPhase);
  else add("Journeys", 0, { passed: 0, failed: 1, skipped: 0 }, "not run: there is no build");
  for (const [kind, name] of measurements()) await inTurn(measured(kind, name));
}

console.log(`\n  Took ${seconds(performance.now() - began)}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || isStopping ? 1 : 0;

/** Every eval that ships its data, and every proof. Benches say how fast, not whether it is right. */
function measurements() {
  const names = (kind) => {
    const list = readFileSync(join(root, "e2e", kind, "members.ts"), "utf8");
    return [...list.matchAll(/from "\.\/([\w-]+)"/g)].map(([, name]) => [kind, name]);
  };
  return [...names("eval"), ...names("prove")];
}

/** One phase after the other; true where all of them passed. */
async function inTurn(...phases) {
  let isFine = true;
  for (const { name, commands, count } of phases) {
    if (isStopping) return false;
    const started = performance.now();
    let said = "";
    let code = 0;
    for (const command of commands) {
      const ended = await run(command);
      said += ended.said;
      code = ended.code;
      if (code !== 0) break;
    }
    let counted = count?.(code);
    // Tests that all passed and a run that failed: something outside the tests did, and must not be lost.
    if (code !== 0 && counted && counted.failed === 0 && counted.skipped === 0) counted.failed = 1;
    counted ??= { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
    if (counted.failed > 0) isFine = false;
    add(name, performance.now() - started, counted, counted.failed > 0 || code === 3 ? said : "");
  }
  return isFine;
}

function add(name, ms, counted, said) {
  for (const key of Object.keys(total)) total[key] += counted[key];
  const verdict = counted.failed > 0 ? "FAILED" : counted.skipped > 0 && counted.passed === 0 ? "skipped" : "ok";
  const { passed, failed, skipped } = counted;
  const many = passed + failed + skipped > 1 ? `${passed} passed, ${failed} failed, ${skipped} skipped` : "";
  console.log(`  ${name.padEnd(20)}${verdict.padEnd(9)}${many.padEnd(40)}${seconds(ms).padStart(8)}`);
  if (said) console.log(`\n${said.trimEnd()}\n`);
}

function run([command, ...args]) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0", NO_COLOR: "1" },
    });
    children.add(child);
    let said = "";
    const listen = (chunk) => {
      // The end says what went wrong; a test that prints without end must not fill the memory.
      said = (said + chunk).slice(-200_000);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", (error) => {
      children.delete(child);
      done({ code: 127, said: `${said}${error.message}\n` });
    });
    child.once("close", (code) => {
      children.delete(child);
      done({ code: code ?? 1, said });
    });
  });
}

function vitestCount(file) {
  const report = readJson(file);
  if (!report) return undefined;
  // A file that cannot even be loaded has no tests, and is a failure all the same.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function playwrightCount(file) {
  const stats = readJson(file)?.stats;
  if (!stats) return undefined;
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

function readJson(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}
