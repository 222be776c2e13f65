import { sql } from "drizzle-orm";
import { readJournal } from "./migrate";
import { hasForeignPepper } from "./queries/consent/peppers";
import { lastBeatMs, workerSilenceMs } from "./queries/engine/workers";
import { asWorker } from "./system";

export type Readiness = {
  database: "reachable" | "unreachable";
  migrations: "current" | "behind" | "unknown";
  /** Whether some process works on durable functions, or hands their events to the server that does. */
  engine: "running" | "silent" | "unknown";
  /** Whether the suppression list can be read with this installation's pepper: with another one it would match nobody. */
  suppressions: "readable" | "other_pepper" | "unknown";
};

const unreachable: Readiness = {
  database: "unreachable",
  migrations: "unknown",
  engine: "unknown",
  suppressions: "unknown",
};

/** Whether the database answers within the time, and has every migration this build was made with. */
export async function readReadiness(pepper: string, timeoutMs = 2000): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), timeoutMs);
  });
  const asked = asWorker(async (db) => {
    const rows = await db.execute(sql`select max(created_at)::text as latest from drizzle.__drizzle_migrations`);
    const latest = Number(rows[0]?.latest ?? 0);
    // A newer database than this build knows is fine: during a rolling start the new version migrates first.
    const isCurrent = readJournal().entries.every((entry) => entry.when <= latest);
    const isForeign = isCurrent && (await hasForeignPepper(db, pepper));
    return { isCurrent, isForeign, beatMs: isCurrent ? await lastBeatMs(db) : null };
  });
  try {
    const found = await Promise.race([asked, late]);
    if (found === null) return unreachable;
    const isHeard = found.beatMs !== null && found.beatMs < workerSilenceMs;
    return {
      database: "reachable",
      migrations: found.isCurrent ? "current" : "behind",
      engine: isHeard ? "running" : "silent",
      suppressions: found.isForeign ? "other_pepper" : found.isCurrent ? "readable" : "unknown",
    };
  } catch {
    return unreachable;
  } finally {
    clearTimeout(timer);
    asked.catch(() => {});
  }
}
