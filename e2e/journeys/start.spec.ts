import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { freePort } from "../free-port";

/** The first command of the README, as a newcomer gives it: with an environment that knows nothing of tests. */
test.describe.configure({ mode: "serial", timeout: 120_000 });

const dataDir = mkdtempSync(path.join(tmpdir(), "madan-sara-start-"));
const running = new Set<ChildProcess>();
test.afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
});

function start(port: number, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: "warn",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const state = { said: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      state.said += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((done) =>
    child.once("close", (code) => {
      running.delete(child);
      done(code);
    }),
  );
  const says = async (pattern: RegExp) => {
    for (let turn = 0; turn < 600; turn++) {
      const match = pattern.exec(state.said);
      if (match) return match;
      if (child.exitCode !== null) break;
      await pause(100);
    }
    throw new Error(`It never said ${pattern}. It said:\n${state.said}`);
  };
  return { child, state, ended, says };
}

test("starts, says how to sign in, survives a kill, refuses a second start, and stops what it started", async ({
  page,
}) => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let password = "";

  await test.step("a first start makes the demo and prints its sign-in", async () => {
    const first = start(port);
    password = (await first.says(/Password {2}(\S+)/))[1] ?? "";
    expect(first.state.said).toContain(`Open      ${url}`);
    for (const phase of ["Database", "Migrations", "Demo workspace", "Serving"])
      expect(first.state.said).toContain(phase);
    expect(statSync(path.join(dataDir, "demo-password")).mode & 0o777).toBe(0o600);

    await page.goto(url);
    await page.getByLabel("E-mail").fill("rose-laure@atelye-lakay.test");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: /Rose-Laure/ })).toBeVisible();

    const second = start(port);
    expect(await second.ended).not.toBe(0);
    expect(second.state.said).toMatch(/Port \d+ is taken.*PORT=\d+ npm start/);
    expect((await fetch(`${url}/api/ready`)).status).toBe(200);

    first.child.kill("SIGKILL");
    await first.ended;
  });

  await test.step("the next start finds everything as it was", async () => {
    const next = start(port);
    expect((await next.says(/Password {2}(\S+)/))[1]).toBe(password);
    expect(next.state.said).toMatch(/Database\s+found running/);
    expect((await fetch(`${url}/api/ready`)).status).toBe(200);

    next.child.kill("SIGINT");
    expect(await next.ended).toBe(0);
    expect(next.state.said).toMatch(/server\s+stopped[\s\S]*database\s+stopped/);
    await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  });
});

test("a port that another program holds is named, with one that is free", async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = other.address();
  const refused = start(typeof address === "object" && address ? address.port : 0);
  expect(await refused.ended).not.toBe(0);
  expect(refused.state.said).toMatch(/taken by another program.*PORT=\d+ npm start/);
  other.close();
});

test("a bad variable and a folder that cannot be used are one sentence each", async () => {
  const bad = start(await freePort(), { LOG_LEVEL: "loud" });
  expect(await bad.ended).toBe(78);
  expect(bad.state.said).toContain("LOG_LEVEL");
  expect(bad.state.said).not.toContain("    at ");

  const file = path.join(dataDir, "a-file");
  writeFileSync(file, "");
  const nowhere = start(await freePort(), { DATA_DIR: path.join(file, "data") });
  expect(await nowhere.ended).not.toBe(0);
  expect(nowhere.state.said).toContain(file);
  expect(nowhere.state.said).not.toContain("    at ");
});
