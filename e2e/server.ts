import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port";

const root = fileURLToPath(new URL("..", import.meta.url));

export type Product = {
  /** `localhost`, never 127.0.0.1: the cookie of a sign-in belongs to the name. */
  url: string;
  port: number;
  pid: number;
  /** The end of what it logged. */
  logs(): string;
  /** Graceful: what is in flight ends first. */
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
};

/**
 * Set but empty counts as not set, and wins over a developer's `.env.local`: no test sends mail through a real account or
 * reports to a real collector.
 */
const left = ["DATABASE_APP_URL", "DATABASE_GATE_URL", "DATABASE_WORKER_URL", "DATABASE_EMBEDDED", "PUBLIC_URL"];
const outside = ["SMTP_URL", "RESEND_API_KEY", "RESEND_BASE_URL", "OTEL_EXPORTER_OTLP_ENDPOINT", "METRICS_TOKEN"];
const signIns = ["AUTH_GOOGLE_ID", "AUTH_GOOGLE_SECRET", "AUTH_GITHUB_ID", "AUTH_GITHUB_SECRET", "MAIL_FROM"];
const inngest = ["EVENT_KEY", "SIGNING_KEY", "SIGNING_KEY_FALLBACK", "BASE_URL", "SERVE_ORIGIN"].map(
  (name) => `INNGEST_${name}`,
);
const names = [...left, ...outside, ...signIns, ...inngest, "SAFE_FETCH_ALLOW"];
const blank = Object.fromEntries(names.map((name) => [name, ""]));

/** Starts the built product on a free port and comes back when it answers. `env` names its database and secrets. */
export async function startProduct(env: Record<string, string>, { waitMs = 60_000 } = {}): Promise<Product> {
  // Takes a moment where the last build was made of the same sources.
  const build = spawnSync(process.execPath, [path.join(root, "scripts", "build.mjs")], { cwd: root, encoding: "utf8" });
  if (build.status !== 0) throw new Error(`The product could not be built:\n${build.stdout}${build.stderr}`);

  const entry = path.join(root, "dist", "server.mjs");
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [entry], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...withoutOurs(process.env),
      ...blank,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      LOG_LEVEL: "warn",
      // Journeys come from one machine and would share one caller's limit.
      API_RATE_PER_MINUTE: "1000000",
      ...env,
      HOST: "127.0.0.1",
      PORT: String(port),
      PUBLIC_URL: url,
    },
  });
  let said = "";
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-100_000);
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  // A crashed test run must not leave a server behind.
  const onExit = () => child.kill("SIGKILL");
  process.once("exit", onExit);
  child.once("close", () => process.off("exit", onExit));

  const product: Product = {
    url,
    port,
    pid: child.pid ?? 0,
    logs: () => said,
    stop: () => stop(child),
    kill: (signal) => void child.kill(signal),
  };
  const giveUpAt = Date.now() + waitMs;
  while (!(await answers(`http://127.0.0.1:${port}/api/health`))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The product ended while starting (${child.exitCode ?? child.signalCode}). It said:\n${said}`);
    if (Date.now() > giveUpAt) {
      child.kill("SIGKILL");
      throw new Error(`The product did not answer within ${waitMs / 1000} s. It said:\n${said}`);
    }
    await pause(50);
  }
  return product;
}

/** What the test runners set for themselves, which would change how the product behaves. */
function withoutOurs(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VITEST|TEST_|PLAYWRIGHT_|NODE_OPTIONS|npm_)/.test(name)),
  );
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  child.kill("SIGTERM");
  const hurry = setTimeout(() => child.kill("SIGKILL"), 30_000);
  await ended;
  clearTimeout(hurry);
}
