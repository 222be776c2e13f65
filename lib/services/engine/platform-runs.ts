import { countByFunction } from "@/db/queries/engine/count-runs";
import { findRunRow, listBareSteps } from "@/db/queries/engine/find-run";
import { listCronMarks, listLastRuns } from "@/db/queries/engine/list-functions";
import { listRunRows, type RunFilter } from "@/db/queries/engine/list-runs";
import { loadRunStates } from "@/db/queries/engine/load-run-states";
import { asWorker } from "@/db/system";
import { platformTenant } from "@/lib/domain/engine/vocabulary";
import { provenTenant } from "@/lib/kernel/tenant";
import { openIds } from "./to-run";

/**
 * Crons and sweeps work for every workspace at once, so their rows belong to none. Whoever looks after a workspace may
 * know that they ran and how it went. Nothing asked here reads a column that holds what they handled.
 */
const platform = provenTenant(platformTenant);

export function listPlatformRuns(filter: RunFilter, page: { afterId?: string | undefined; limit: number }) {
  return asWorker(async (db) => {
    const rows = await listRunRows(db, platform, filter, page);
    return { rows, facts: await loadRunStates(db, platform, openIds(rows)) };
  });
}

export function findPlatformRun(id: string) {
  return asWorker(async (db) => {
    const row = await findRunRow(db, platform, id);
    if (!row) return null;
    const facts = await loadRunStates(db, platform, openIds([row]));
    return { row, facts, steps: await listBareSteps(db, platform, id) };
  });
}

export function loadPlatformActivity(since: Date) {
  return asWorker(async (db) => ({
    lastRuns: await listLastRuns(db, platform),
    counts: await countByFunction(db, platform, since),
    cronMarks: await listCronMarks(db),
  }));
}
