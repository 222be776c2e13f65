import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";

/** The operating system's user that PostgreSQL runs as. It refuses to run as root. */
export type Account = { name: string; uid: number; gid: number };

const ownName = "madan-sara";

function accounts(): Account[] {
  if (!existsSync("/etc/passwd")) return [];
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .flatMap(([name, , uid, gid]) => (name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []));
}

/**
 * Null where this process is an ordinary user already. As root: the user who owns what exists, so that a tree moves
 * freely between root and its owner; else the system's `postgres`, else a user made for it.
 */
export function chooseAccount(paths: string[]): Account | null {
  if (process.getuid?.() !== 0) return null;
  const known = accounts();
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const { uid } = statSync(path);
    const owner = uid === 0 ? undefined : known.find((account) => account.uid === uid);
    if (owner) return owner;
  }
  const byName = (name: string) => known.find((account) => account.name === name && account.uid !== 0);
  return byName("postgres") ?? byName(ownName) ?? made() ?? byName("nobody") ?? null;
}

function made(): Account | undefined {
  const ways: [string, string[]][] = [
    ["useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ownName]],
    ["adduser", ["-S", "-D", "-H", ownName]],
  ];
  for (const [command, args] of ways) {
    if (spawnSync(command, args, { stdio: "ignore" }).status === 0) break;
  }
  return accounts().find((account) => account.name === ownName);
}

/** Asked of the system itself rather than computed from mode bits: there are also access lists and mounts. */
export function canEnter(folder: string, account: Account | null): boolean {
  if (!account) return existsSync(folder);
  const asked = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], {
    uid: account.uid,
    gid: account.gid,
    cwd: "/",
    stdio: "ignore",
  });
  return asked.status === 0;
}
