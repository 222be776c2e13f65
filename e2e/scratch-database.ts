import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { readEnv } from "@/lib/env";

const root = fileURLToPath(new URL("..", import.meta.url));

export type ScratchDatabase = {
  /** The owner's address: migrations, factories. */
  url: string;
  /** The superuser's address in the same database: for looking behind the policies. */
  adminUrl: string;
  /** Everything a process needs to run the product against it. */
  env: Record<string, string>;
  stop(): Promise<void>;
};

/** Most tests keep nothing beyond the run, so no commit of theirs waits for the disk. */
const hasty = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/**
 * A fresh, migrated database on an embedded server of its own under `.cache/test-pg`, never the one of `.data/`. Two runs
 * at once get two servers, because logins belong to a server; the next run finds the files there and starts in a moment.
 *
 * `isDurable`: its commits wait for the disk, as the product's do. For measuring what a commit costs. It has a folder of
 * its own, because a server that an interrupted run left behind keeps the settings it was started with.
 */
export async function scratchDatabase(
  name = "madan_sara_test",
  { isDurable = false, pool = 5 }: { isDurable?: boolean; pool?: number } = {},
): Promise<ScratchDatabase> {
  const slot = claimSlot();
  try {
    const server = await startEmbedded({
      dir: path.join(slot.dir, isDurable ? "pg-durable" : "pg"),
      settings: { max_connections: "150", ...(isDurable ? {} : hasty) },
    });
    const stop = async () => {
      await server.stop();
      slot.release();
    };
    try {
      await server.dropDatabase(name);
      const url = await server.createDatabase(name);
      // Only these: an address or a key in the shell's environment must not reach a test.
      const env = { ...secrets, DATABASE_URL: url, DATABASE_POOL: String(pool) };
      await migrate(readEnv({ ...env, NODE_ENV: "test" }));
      const adminUrl = new URL(server.adminUrl);
      adminUrl.pathname = `/${name}`;
      return { url, adminUrl: adminUrl.href, env, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    slot.release();
    throw error;
  }
}

/** Enough for `lib/env` to be content; nothing that is sealed with them is kept. */
export const secrets = {
  AUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests-0001",
  ENCRYPTION_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
};

/** The first folder under `.cache/test-pg` that no living process holds. */
function claimSlot(): { dir: string; release(): void } {
  for (let number = 1; number <= 20; number++) {
    const dir = path.join(root, ".cache", "test-pg", String(number));
    const lock = path.join(dir, "lock");
    mkdirSync(dir, { recursive: true });
    if (isHeld(lock)) continue;
    rmSync(lock, { force: true });
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
    } catch {
      continue; // Another run was quicker.
    }
    return { dir, release: () => rmSync(lock, { force: true }) };
  }
  throw new Error("Twenty test databases are in use. Delete .cache/test-pg where no test is running.");
}

function isHeld(lock: string): boolean {
  let holder: number;
  try {
    holder = Number(readFileSync(lock, "utf8"));
  } catch {
    return false;
  }
  if (!Number.isInteger(holder) || holder <= 0) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
