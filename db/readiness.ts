import { sql } from "drizzle-orm";
import { readJournal } from "./migrate";
import { asWorker } from "./system";

export type Readiness = { database: "reachable" | "unreachable"; migrations: "current" | "behind" | "unknown" };

/** Whether the database answers within the time, and has every migration this build was made with. */
export async function readReadiness(timeoutMs = 2000): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), timeoutMs);
  });
  const asked = asWorker((db) =>
    db.execute(sql`select max(created_at)::text as latest from drizzle.__drizzle_migrations`),
  );
  try {
    const rows = await Promise.race([asked, late]);
    if (rows === null) return { database: "unreachable", migrations: "unknown" };
    const latest = Number(rows[0]?.latest ?? 0);
    // A newer database than this build knows is fine: during a rolling start the new version migrates first.
    const isCurrent = readJournal().entries.every((entry) => entry.when <= latest);
    return { database: "reachable", migrations: isCurrent ? "current" : "behind" };
  } catch {
    return { database: "unreachable", migrations: "unknown" };
  } finally {
    clearTimeout(timer);
    asked.catch(() => {});
  }
}
