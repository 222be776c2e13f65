import { countByFunction } from "@/db/queries/engine/count-runs";
import { listFunctionRows, listLastRuns, listServedFunctions } from "@/db/queries/engine/list-functions";
import { describeFunction, functionWords } from "@/lib/domain/engine/describe-function";
import type { EngineMode } from "@/lib/domain/engine/engine-mode";
import type { EngineFunction, EngineFunctionList } from "@/lib/domain/engine/shapes";
import { addMs, dayMs, minuteMs } from "@/lib/kernel/time";
import { type Context, read, requireScope } from "../context";
import { loadPlatformActivity } from "./platform-runs";

type Counts = Awaited<ReturnType<typeof countByFunction>>;

/** Every function that a process of ours ever told of, with what it did here in the last day. */
export async function listEngineFunctions(ctx: Context, engine: EngineMode): Promise<EngineFunctionList> {
  requireScope(ctx, "runs:read");
  const now = ctx.now();
  const since = addMs(now, -dayMs);
  const own = await read(ctx, async (tx) => ({
    functions: await listFunctionRows(tx.db),
    served: await listServedFunctions(tx.db, addMs(now, -minuteMs)),
    lastRuns: await listLastRuns(tx.db, tx.tenantId),
    counts: await countByFunction(tx.db, tx.tenantId, since),
  }));
  const platform = await loadPlatformActivity(since);

  const items = own.functions.map(({ id, name, config }): EngineFunction => {
    const { triggers, limits } = describeFunction(config);
    const ranHere = own.lastRuns.some((run) => run.functionId === id);
    const ranForAll = platform.lastRuns.some((run) => run.functionId === id);
    const isPlatforms = !ranHere && (ranForAll || triggers.some((trigger) => trigger.kind === "cron"));
    const { counts, lastRuns } = isPlatforms ? platform : own;
    const last = lastRuns.find((run) => run.functionId === id);
    // Named as the engine names them: a function may have several schedules.
    const nextAt = (cron: string) => platform.cronMarks.find(({ key }) => key === `${id}:${cron}`)?.at ?? null;
    return {
      id,
      name: functionWords(id, name),
      triggers: triggers.map((trigger) =>
        trigger.kind === "cron" ? { ...trigger, nextAt: nextAt(trigger.cron) } : trigger,
      ),
      limits,
      worksFor: isPlatforms ? "platform" : "workspace",
      isServed: own.served.has(id),
      ...outcomeOf(counts, id),
      lastRun: last
        ? { id: last.id, status: last.status, reason: last.reason, createdAt: last.createdAt, endedAt: last.endedAt }
        : null,
    };
  });
  return { items, nextCursor: null, engine };
}

function outcomeOf(counts: Counts, functionId: string) {
  const amount = (status: Counts[number]["status"]) =>
    counts.find((row) => row.functionId === functionId && row.status === status)?.amount ?? 0;
  return {
    day: { completed: amount("completed"), failed: amount("failed"), cancelled: amount("cancelled") },
    open: amount("queued") + amount("running"),
  };
}
