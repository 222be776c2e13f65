import { spawn } from "node:child_process";
import { createHash, randomBytes, randomInt } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { type Account, canEnter, chooseAccount } from "./embedded/account";
import { type Binaries, findBinaries } from "./embedded/binaries";
import { EmbeddedUnavailable, explained } from "./embedded/failure";
import { hasOtherUsers, locked, register } from "./embedded/users";

/**
 * The PostgreSQL that a fresh machine starts by itself: a thin wrapper around `initdb` and `pg_ctl`. The server outlives
 * this process when it is killed; the next start then finds and uses it. The last one to stop it stops it.
 *
 *   <dir>/access.json   passwords and port, 0600
 *   <dir>/cluster       the data, owned by the user PostgreSQL runs as
 *   <dir>/server.log    what PostgreSQL says
 *   <dir>/users, lock   who uses it now
 */
export type ServerAddress = {
  /** The owner of the database `madan_sara`: no superuser, bound by row-level security. */
  url: string;
  /** The superuser. For tests and repairs, never for the product. */
  adminUrl: string;
};

export type EmbeddedDatabase = ServerAddress & {
  port: number;
  /** False where the server was found running. */
  startedHere: boolean;
  /** Gives up this use of the server; the server stops unless another live process uses it. */
  stop(): Promise<"stopped" | "left running">;
  createDatabase(name: string, options?: { template?: string }): Promise<string>;
  dropDatabase(name: string): Promise<void>;
};

export type EmbeddedOptions = {
  dir: string;
  log?: (line: string) => void;
  /** Settings of postgresql.conf; `{ fsync: "off" }` for tests. They apply when the server is started, not when found running. */
  settings?: Record<string, string>;
};

const databaseName = "madan_sara";
const ownerName = "madan_owner";
const extensions = ["pg_trgm", "citext", "unaccent", "btree_gist", "pgcrypto"];

const defaults: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  password_encryption: "scram-sha-256",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_checkpoints: "off",
};

type Access = { superuserPassword: string; ownerPassword: string; port: number; ready: boolean };

type Place = {
  dir: string;
  /** The folder the account can enter: `dir` itself, or one outside when `dir` lies below a closed folder. */
  home: string;
  cluster: string;
  logFile: string;
  account: Account | null;
  binaries: Binaries;
};

export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dir = resolve(options.dir);
  const log = options.log ?? (() => {});
  try {
    // Without a mode: it would be given to the parents too, and close them to the user PostgreSQL runs as.
    mkdirSync(dir, { recursive: true });
    return await locked(dir, async () => {
      const place = prepare(dir);
      const access = readAccess(dir) ?? newAccess(dir);
      const use = register(dir);
      keepOwner(dir, join(dir, "users"));
      try {
        const startedHere = await ensureRunning(place, access, options.settings ?? {}, log);
        await bootstrap(dir, access);
        return handle(place, access, use, startedHere);
      } catch (error) {
        rmSync(use, { force: true });
        throw error;
      }
    });
  } catch (error) {
    throw explained(error, dir);
  }
}

/** Stops the server and removes all its data. Refuses while another live process uses it. */
export async function removeEmbedded(dir: string): Promise<void> {
  const full = resolve(dir);
  if (!existsSync(join(full, "access.json"))) return;
  try {
    await locked(full, async () => {
      mkdirSync(join(full, "users"), { recursive: true });
      if (hasOtherUsers(full, "")) {
        throw new EmbeddedUnavailable(`The database in ${full} is in use; stop the running product first.`);
      }
      const place = prepare(full);
      if (existsSync(join(place.cluster, "postmaster.pid"))) await stopServer(place);
      rmSync(place.home === full ? place.cluster : place.home, { recursive: true, force: true });
      for (const name of ["cluster", "access.json", "server.log", "server.log.1"]) {
        rmSync(join(full, name), { recursive: true, force: true });
      }
    });
  } catch (error) {
    throw explained(error, full);
  }
}

export async function createDatabase(
  server: ServerAddress,
  name: string,
  options: { template?: string } = {},
): Promise<string> {
  await asAdmin(server.adminUrl, "postgres", async (sql) => {
    const template = options.template ? sql`TEMPLATE ${sql(options.template)}` : sql``;
    await sql`CREATE DATABASE ${sql(name)} OWNER ${sql(ownerName)} ${template}`;
  });
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(server: ServerAddress, name: string): Promise<void> {
  await asAdmin(server.adminUrl, "postgres", (sql) => sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`);
}

function handle(place: Place, access: Access, use: string, startedHere: boolean): EmbeddedDatabase {
  const server = addresses(access);
  let stopping: ReturnType<EmbeddedDatabase["stop"]> | undefined;
  return {
    ...server,
    port: access.port,
    startedHere,
    stop: () => {
      stopping ??= release(place, use);
      return stopping;
    },
    createDatabase: (name, options) => createDatabase(server, name, options),
    dropDatabase: (name) => dropDatabase(server, name),
  };
}

async function release(place: Place, use: string): Promise<"stopped" | "left running"> {
  if (!existsSync(place.dir)) return "stopped";
  return locked(place.dir, async () => {
    const others = hasOtherUsers(place.dir, use);
    rmSync(use, { force: true });
    if (others) return "left running";
    await stopServer(place);
    return "stopped";
  });
}

function addresses(access: Access): ServerAddress {
  const at = `@127.0.0.1:${access.port}`;
  return {
    url: `postgres://${ownerName}:${access.ownerPassword}${at}/${databaseName}`,
    adminUrl: `postgres://postgres:${access.superuserPassword}${at}/postgres`,
  };
}

function prepare(dir: string): Place {
  const account = chooseAccount([join(dir, "cluster"), dir]);
  const home = account && !canEnter(dir, account) ? outsideHome(dir, account) : dir;
  const cluster = join(home, "cluster");
  const logFile = join(home, "server.log");
  const log = openSync(logFile, "a", 0o600);
  closeSync(log);
  if (account) chownSync(logFile, account.uid, account.gid);
  return { dir, home, cluster, logFile, account, binaries: findBinaries(home, account) };
}

/**
 * Where root keeps a clone in a closed folder (/root/...), the data goes outside, one folder per `dir`, with a link to it.
 * If the link is gone, someone removed `.data` to begin anew, so what lies outside is a leftover and goes too.
 */
function outsideHome(dir: string, account: Account): string {
  const home = join("/var/lib/madan-sara", createHash("sha256").update(dir).digest("hex").slice(0, 12));
  const link = join(dir, "cluster");
  if (!isLink(link) && existsSync(home)) {
    const pidFile = join(home, "cluster", "postmaster.pid");
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8").split("\n")[0]) : 0;
    if (pid > 0 && runsCluster(pid, join(home, "cluster"))) process.kill(pid, "SIGQUIT");
    rmSync(home, { recursive: true, force: true });
  }
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o711);
  if (!canEnter(home, account)) throw new EmbeddedUnavailable(`The user ${account.name} may not enter ${home}.`);
  if (!isLink(link)) symlinkSync(join(home, "cluster"), link);
  return home;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function readAccess(dir: string): Access | null {
  const file = join(dir, "access.json");
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, "utf8")) as Access;
}

function newAccess(dir: string): Access {
  const cluster = join(dir, "cluster");
  if (existsSync(join(cluster, "PG_VERSION"))) {
    throw new EmbeddedUnavailable(
      `${dir} holds a database, but its passwords (access.json) are gone. Put the file back, or remove the folder to begin anew.`,
    );
  }
  const secret = () => randomBytes(24).toString("base64url");
  const access = { superuserPassword: secret(), ownerPassword: secret(), port: 0, ready: false };
  saveAccess(dir, access);
  return access;
}

function saveAccess(dir: string, access: Access): void {
  const file = join(dir, "access.json");
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
  keepOwner(dir, file);
}

/** What root writes into an ordinary user's folder stays that user's. */
function keepOwner(dir: string, file: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dir);
  chownSync(file, uid, gid);
}

async function ensureRunning(
  place: Place,
  access: Access,
  settings: Record<string, string>,
  log: (line: string) => void,
): Promise<boolean> {
  if (!existsSync(join(place.cluster, "PG_VERSION"))) {
    log("creating the database");
    await initialise(place, access, settings.fsync === "off");
  }
  checkVersion(place);
  const live = await livePort(place, access);
  if (live !== null) {
    if (live !== access.port) saveAccess(place.dir, Object.assign(access, { port: live }));
    return false;
  }
  rotateLog(place.logFile);
  for (let tries = 1; ; tries += 1) {
    const port = access.port > 0 && (await isFree(access.port)) ? access.port : await freePort();
    writeSettings(place, { ...defaults, ...settings, port: String(port) });
    const before = statSync(place.logFile).size;
    const status = await run(place, place.binaries.pgCtl, [
      "start",
      "-D",
      place.cluster,
      "-l",
      place.logFile,
      "-w",
      "-t",
      "120",
      "-s",
    ]);
    if (status.code === 0) {
      saveAccess(place.dir, Object.assign(access, { port }));
      return true;
    }
    const said = readFileSync(place.logFile, "utf8").slice(before).trim();
    const portLost = /could not (bind|create any TCP)|Address already in use/i.test(said);
    if (!portLost || tries >= 5) {
      throw explained(
        new Error(`PostgreSQL did not start. It said:\n${said || status.said || "(nothing)"}`),
        place.dir,
      );
    }
    access.port = 0;
  }
}

async function initialise(place: Place, access: Access, quick: boolean): Promise<void> {
  // In a folder of its own and then renamed: an interrupted start leaves no half-made cluster behind.
  // The name is new each time: after a kill -9 an initdb may live on for a moment, and must not write into ours.
  for (const name of readdirSync(place.home)) {
    if (/^(cluster|password)\.new-/.test(name)) removeLeftover(join(place.home, name));
  }
  const suffix = `new-${process.pid}-${randomBytes(4).toString("hex")}`;
  const unfinished = `${place.cluster}.${suffix}`;
  const passwordFile = join(place.home, `password.${suffix}`);
  mkdirSync(unfinished);
  writeFileSync(passwordFile, access.superuserPassword, { mode: 0o600 });
  if (place.account) {
    chownSync(unfinished, place.account.uid, place.account.gid);
    chownSync(passwordFile, place.account.uid, place.account.gid);
  }
  chmodSync(unfinished, 0o700);
  try {
    const { code, said } = await run(
      place,
      place.binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        "--username=postgres",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
        ...(quick ? ["--no-sync"] : []),
      ],
      "collect",
    );
    if (code !== 0) throw explained(new Error(`initdb failed:\n${said.trim()}`), place.dir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  appendFileSync(join(unfinished, "postgresql.conf"), "\ninclude_if_exists = 'madan-sara.conf'\n");
  renameSync(unfinished, place.cluster);
}

function removeLeftover(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  } catch {
    // Still being written to; another start removes it.
  }
}

function checkVersion(place: Place): void {
  const made = readFileSync(join(place.cluster, "PG_VERSION"), "utf8").trim();
  const have = place.binaries.version.split(".")[0];
  if (made !== have) {
    throw new EmbeddedUnavailable(
      `The data in ${place.dir} was made by PostgreSQL ${made}, the installed one is ${have}. ` +
        "Dump it with the old version and load it into the new one, or remove the folder to begin anew.",
    );
  }
}

function writeSettings(place: Place, settings: Record<string, string>): void {
  const file = join(place.cluster, "madan-sara.conf");
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  if (place.account) chownSync(file, place.account.uid, place.account.gid);
}

/** The port of the server that already runs on this data, or null. Removes the lock file of one that is gone. */
async function livePort(place: Place, access: Access): Promise<number | null> {
  const pidFile = join(place.cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return null;
  const { code } = await run(place, place.binaries.pgCtl, ["status", "-D", place.cluster]);
  const lines = existsSync(pidFile) ? readFileSync(pidFile, "utf8").split("\n") : [];
  const pid = Number(lines[0]);
  if (code !== 0) {
    // PostgreSQL clears its own leftovers, except where the number now belongs to another process of the same user.
    return null;
  }
  if (!runsCluster(pid, realpathSync(place.cluster))) {
    rmSync(pidFile, { force: true });
    return null;
  }
  const port = Number(lines[3]);
  // It may still be recovering, or be on its way down.
  const giveUpAt = Date.now() + 60_000;
  while (Date.now() < giveUpAt) {
    if (!existsSync(pidFile)) return null;
    const answer = await probe({ ...access, port });
    if (answer === "ready") return port;
    if (answer === "stranger") {
      throw new EmbeddedUnavailable(
        `A PostgreSQL runs on the data in ${place.dir}, but refuses the password in access.json. Stop it (process ${pid}) and start again.`,
      );
    }
    await sleep(100);
  }
  throw new EmbeddedUnavailable(
    `The PostgreSQL in ${place.dir} (process ${pid}) runs but does not answer. Stop it and start again.`,
  );
}

async function probe(access: Access): Promise<"ready" | "not yet" | "stranger"> {
  try {
    await asAdmin(addresses(access).adminUrl, "postgres", (sql) => sql`select 1`);
    return "ready";
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    return code === "28P01" || code === "28000" ? "stranger" : "not yet";
  }
}

/** Whether this process id is a PostgreSQL on this data, and not a stranger that was given the number since. */
function runsCluster(pid: number, cluster: string): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  if (process.platform !== "linux" || !existsSync("/proc/self/cmdline")) return true;
  try {
    const words = readFileSync(commandLine, "utf8").split("\0");
    return words.some((word) => existsSync(word) && realpathSync(word) === realpathSync(cluster));
  } catch {
    return false;
  }
}

/** What every start makes sure of, once: extensions for all databases, the owner's login, its database. */
async function bootstrap(dir: string, access: Access): Promise<void> {
  if (access.ready) return;
  const { adminUrl } = addresses(access);
  await asAdmin(adminUrl, "template1", async (sql) => {
    for (const extension of extensions) await sql`CREATE EXTENSION IF NOT EXISTS ${sql(extension)}`;
  });
  await asAdmin(adminUrl, "postgres", async (sql) => {
    const [role] = await sql`select 1 from pg_roles where rolname = ${ownerName}`;
    // The password is made of letters, digits, - and _ only; DDL takes no parameters.
    const does = role ? "ALTER" : "CREATE";
    await sql.unsafe(
      `${does} ROLE ${ownerName} LOGIN NOSUPERUSER NOBYPASSRLS CREATEROLE NOCREATEDB PASSWORD '${access.ownerPassword}'`,
    );
    const [database] = await sql`select 1 from pg_database where datname = ${databaseName}`;
    if (!database) await sql`CREATE DATABASE ${sql(databaseName)} OWNER ${sql(ownerName)}`;
  });
  saveAccess(dir, Object.assign(access, { ready: true }));
}

async function asAdmin<T>(adminUrl: string, database: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  const sql = postgres(url.href, { max: 1, connect_timeout: 5, onnotice: () => {}, idle_timeout: 5 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

async function stopServer(place: Place): Promise<void> {
  const { code } = await run(place, place.binaries.pgCtl, [
    "stop",
    "-D",
    place.cluster,
    "-m",
    "fast",
    "-w",
    "-t",
    "30",
    "-s",
  ]);
  if (code === 0 || !existsSync(join(place.cluster, "postmaster.pid"))) return;
  await run(place, place.binaries.pgCtl, ["stop", "-D", place.cluster, "-m", "immediate", "-w", "-t", "10", "-s"]);
}

/** Nothing is inherited from this process's environment, and no pipe either: the server would hold it open for ever. */
function run(
  place: Place,
  command: string,
  args: string[],
  output: "ignore" | "collect" = "ignore",
): Promise<{ code: number; said: string }> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      stdio: output === "collect" ? ["ignore", "pipe", "pipe"] : "ignore",
      cwd: place.home,
      windowsHide: true,
      env: {
        NODE_ENV: "production",
        LC_ALL: "C",
        ...(process.platform === "win32"
          ? { SystemRoot: "C:\\Windows", PATH: "C:\\Windows\\System32" }
          : { PATH: "/usr/local/bin:/usr/bin:/bin" }),
      },
      ...(place.account ? { uid: place.account.uid, gid: place.account.gid } : {}),
    });
    let said = "";
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("error", failed);
    child.once("close", (code) => done({ code: code ?? 1, said }));
  });
}

function rotateLog(file: string): void {
  if (statSync(file).size < 10_000_000) return;
  const { uid, gid } = statSync(file);
  renameSync(file, `${file}.1`);
  writeFileSync(file, "", { mode: 0o600 });
  if (process.getuid?.() === 0) chownSync(file, uid, gid);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => done(true)));
  });
}

/** Below the range that systems hand out to outgoing connections, so that it stays free between two starts. */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(15_433, 32_000);
    if (await isFree(port)) return port;
  }
  throw new EmbeddedUnavailable("No free port was found for the database on 127.0.0.1.");
}
