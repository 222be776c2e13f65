import type { FunctionConfig } from "./config";
import { keyOf, type Scope } from "./expressions";

/** The names of the slots that a run of this function needs: its concurrency settings, with this event's values. */
export function slotKeys(config: FunctionConfig, scope: Scope): { key1: string | null; key2: string | null } {
  const [key1 = null, key2 = null] = config.concurrency
    .filter(({ limit }) => limit > 0)
    .map(({ key, scope: reach }) => {
      const owner = reach === "fn" ? config.id : "env";
      // A colon in front keeps it apart from the word that marks a job as waiting for its time.
      return `:${owner}:${key ?? ""}=${key === null ? "" : keyOf(key, scope)}`;
    });
  return { key1, key2 };
}

/** How many may hold each of these slots, by the settings of the function that asks. */
export function slotLimits(
  config: FunctionConfig | undefined,
  job: { key_1: string | null; key_2: string | null },
): [key: string, limit: number][] {
  const limits = (config?.concurrency ?? []).filter(({ limit }) => limit > 0).map(({ limit }) => limit);
  return [job.key_1, job.key_2].flatMap((key, at): [string, number][] => {
    const limit = limits[at];
    return key === null || limit === undefined ? [] : [[key, limit]];
  });
}

type Candidate = { key_1: string | null; key_2: string | null };

/**
 * Of claimed jobs in the order of their turn: who may go, who has to wait for which key. `holders` counts the slots that
 * others hold. `free` tells which keys still have room for those who wait for them.
 */
export function admit<Job extends Candidate>(
  jobs: readonly Job[],
  holders: ReadonlyMap<string, number>,
  limitsOf: (job: Job) => [key: string, limit: number][],
): { go: Job[]; wait: { job: Job; gate: string }[]; free: Map<string, number> } {
  const taken = new Map(holders);
  const room = new Map<string, number>();
  const go: Job[] = [];
  const wait: { job: Job; gate: string }[] = [];
  for (const job of jobs) {
    const limits = limitsOf(job);
    for (const [key, limit] of limits) room.set(key, limit);
    const full = limits.find(([key, limit]) => (taken.get(key) ?? 0) >= limit);
    if (full) wait.push({ job, gate: full[0] });
    else {
      for (const key of new Set(limits.map(([key]) => key))) taken.set(key, (taken.get(key) ?? 0) + 1);
      go.push(job);
    }
  }
  const free = new Map<string, number>();
  for (const [key, limit] of room) {
    const left = limit - (taken.get(key) ?? 0);
    if (left > 0) free.set(key, left);
  }
  return { go, wait, free };
}
