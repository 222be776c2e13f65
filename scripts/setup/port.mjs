import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { Refusal } from "./terminal.mjs";

/**
 * Asked before the build and before anything is started: a second start in the same folder must neither rebuild under
 * the first one nor touch the database it uses.
 */
export async function refuseTakenPort(root) {
  const port = Number(setting(root, "PORT") ?? "3000");
  const host = setting(root, "HOST") ?? "127.0.0.1";
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Refusal(`PORT is ${JSON.stringify(setting(root, "PORT"))}, and must be a number from 0 to 65535.`, 78);
  }
  if (port === 0 || (await isFree(port, host))) return;
  const other = `PORT=${await nextFree(port, host)} npm start`;
  throw new Refusal(
    (await isOurs(port))
      ? `Port ${port} is taken: Madan Sara already runs at http://localhost:${port}. Stop it first, or choose another port: ${other}`
      : `Port ${port} is taken by another program. Choose another with PORT, for example: ${other}`,
  );
}

function setting(root, name) {
  if (process.env[name]) return process.env[name];
  for (const file of [".env.local", ".env"]) {
    const value = existsSync(join(root, file)) ? parseEnv(readFileSync(join(root, file), "utf8"))[name] : undefined;
    if (value) return value;
  }
  return undefined;
}

async function nextFree(port, host) {
  for (let candidate = port + 1; candidate < Math.min(port + 100, 65_536); candidate += 1) {
    if (await isFree(candidate, host)) return candidate;
  }
  return port + 1;
}

function isFree(port, host) {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (error.code === "EADDRINUSE") return done(false);
      if (error.code === "EACCES") {
        return failed(new Refusal(`Port ${port} belongs to root on this machine. Choose one above 1023 with PORT.`));
      }
      failed(new Refusal(`HOST is ${JSON.stringify(host)}, which cannot be listened on (${error.code}).`, 78));
    });
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(true)));
  });
}

async function isOurs(port) {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(1500) });
    return (await answer.json()).name === "madan-sara";
  } catch {
    return false;
  }
}
