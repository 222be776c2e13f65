import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedDatabase, removeEmbedded, startEmbedded } from "./embedded";

const settings = { fsync: "off", max_connections: "20", shared_buffers: "16MB" };

async function ask<T>(url: string, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    return await question(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** Another Node process that starts the same database, says so, and waits to be killed. */
function otherProcess(dir: string): Promise<{ pid: number; kill(signal: NodeJS.Signals): Promise<void> }> {
  const script = `import { startEmbedded } from ${JSON.stringify(fileURLToPath(new URL("./embedded.ts", import.meta.url)))};
    const db = await startEmbedded({ dir: ${JSON.stringify(dir)}, settings: ${JSON.stringify(settings)} });
    process.once("SIGTERM", () => db.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1000);
    console.log("started");`;
  const file = join(dir, "..", `other-${Math.random().toString(36).slice(2)}.mts`);
  writeFileSync(file, script);
  const child = spawn(process.execPath, ["--import", "tsx", file], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((done, failed) => {
    child.once("exit", (code) => failed(new Error(`the other process ended with ${code}`)));
    child.stdout.once("data", () =>
      done({
        pid: child.pid ?? 0,
        kill: (signal) =>
          new Promise((gone) => {
            child.removeAllListeners("exit");
            child.once("exit", () => gone());
            child.kill(signal);
          }),
      }),
    );
  });
}

describe("the embedded database", { timeout: 60_000 }, () => {
  let base = "";
  let dir = "";
  let open: EmbeddedDatabase | undefined;
  const start = async () => {
    open = await startEmbedded({ dir, settings });
    return open;
  };
  const stop = async () => {
    const answer = await open?.stop();
    open = undefined;
    return answer;
  };

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), "madan-embedded-"));
    // With a space, as in the home folders of many people.
    dir = join(base, "a folder", "postgres");
  });
  afterAll(async () => {
    await stop();
    await removeEmbedded(dir).catch(() => {});
    rmSync(base, { recursive: true, force: true });
  });

  test("starts from nothing, with an owner whom row-level security binds", async () => {
    const db = await start();
    expect(db.startedHere).toBe(true);
    expect(statSync(join(dir, "access.json")).mode & 0o777).toBe(0o600);
    const [owner] = await ask(
      db.url,
      (sql) => sql`select current_database() as base, rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        pg_get_userbyid(datdba) as owner from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    );
    expect(owner).toEqual({
      base: "madan_sara",
      rolname: "madan_owner",
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: true,
      rolcreatedb: false,
      owner: "madan_owner",
    });
  });

  test("listens on this machine only, asks for the password, and sorts by code point in UTF-8", async () => {
    if (!open) throw new Error("not started");
    const [facts] = await ask(
      open.adminUrl,
      (sql) => sql`select current_setting('listen_addresses') as listen, current_setting('jit') as jit,
        current_setting('password_encryption') as passwords, current_setting('unix_socket_directories') as sockets,
        (select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'madan_sara') as locale`,
    );
    expect(facts).toEqual({
      listen: "127.0.0.1",
      jit: "off",
      passwords: "scram-sha-256",
      sockets: "",
      locale: "b C.UTF-8",
    });
    const wrong = new URL(open.url);
    wrong.password = "wrong";
    await expect(ask(wrong.href, (sql) => sql`select 1`)).rejects.toMatchObject({ code: "28P01" });
  });

  test("makes and drops databases that have every extension", async () => {
    if (!open) throw new Error("not started");
    const url = await open.createDatabase("a_test");
    const names = await ask(url, (sql) => sql`select extname from pg_extension where extname <> 'plpgsql' order by 1`);
    expect(names.map((row) => row.extname)).toEqual(["btree_gist", "citext", "pg_trgm", "pgcrypto", "unaccent"]);
    await ask(url, (sql) => sql`create table own (id int)`);
    await open.dropDatabase("a_test");
    await expect(ask(url, (sql) => sql`select 1`)).rejects.toMatchObject({ code: "3D000" });
  });

  test("keeps data over a stop, and starts again quickly on the same port", async () => {
    const first = open ?? (await start());
    await ask(first.url, (sql) => sql`create table kept as select 42 as answer`);
    expect(await stop()).toBe("stopped");
    expect(existsSync(join(dir, "cluster/postmaster.pid"))).toBe(false);
    const began = performance.now();
    const second = await start();
    expect(performance.now() - began).toBeLessThan(5000);
    expect(second).toMatchObject({ startedHere: true, port: first.port, url: first.url });
    expect(await ask(second.url, (sql) => sql`select answer from kept`)).toMatchObject([{ answer: 42 }]);
    await stop();
  });

  test("after a kill -9 of the process that started it, the next start finds it running and may stop it", async () => {
    const other = await otherProcess(dir);
    await other.kill("SIGKILL");
    const db = await start();
    expect(db.startedHere).toBe(false);
    expect(await ask(db.url, (sql) => sql`select answer from kept`)).toMatchObject([{ answer: 42 }]);
    expect(await stop()).toBe("stopped");
    expect(readdirSync(join(dir, "users"))).toEqual([]);
  });

  test("is left running while another process uses it, and stopped by the last", async () => {
    const other = await otherProcess(dir);
    const db = await start();
    expect(await stop()).toBe("left running");
    expect(await ask(db.url, (sql) => sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
    await expect(removeEmbedded(dir)).rejects.toThrow("in use");
    await other.kill("SIGTERM");
    expect(existsSync(join(dir, "cluster/postmaster.pid"))).toBe(false);
  });

  test("after a crash of the server itself, a lock file whose number a stranger has now does not hinder", async () => {
    const db = await start();
    await ask(db.url, (sql) => sql`insert into kept values (43)`);
    const pidFile = join(dir, "cluster/postmaster.pid");
    const lines = readFileSync(pidFile, "utf8").split("\n");
    process.kill(Number(lines[0]), "SIGKILL");
    await stop();
    // The number of a live process: this one.
    writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join("\n"));
    const again = await start();
    expect(again.startedHere).toBe(true);
    await stop();
  });

  test("two that start at once share one server", async () => {
    const [one, two] = await Promise.all([startEmbedded({ dir, settings }), startEmbedded({ dir, settings })]);
    expect([one.startedHere, two.startedHere].sort()).toEqual([false, true]);
    expect(one.url).toBe(two.url);
    expect(await one.stop()).toBe("left running");
    expect(await two.stop()).toBe("stopped");
  });

  test("removes all its data", async () => {
    await removeEmbedded(dir);
    expect(existsSync(join(dir, "cluster"))).toBe(false);
    expect(existsSync(join(dir, "access.json"))).toBe(false);
  });
});
