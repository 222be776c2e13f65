import { createHash } from "node:crypto";
import type { Inngest, InngestFunction } from "inngest";
import type { Db } from "@/db/client";
import { insertEvents, lockIntake } from "@/db/queries/engine/outbox";
import { beat, leave, registerFunctions, servedFunctions, workersVersion } from "@/db/queries/engine/workers";
import { databaseClock } from "@/db/queries/lease";
import { asWorker, asWorkerInTransaction } from "@/db/system";
import type { RunSubject } from "@/lib/domain/engine/vocabulary";
import { copyEnvironment } from "@/lib/env";
import { onBell } from "@/lib/kernel/bell";
import type { EventSubject } from "@/lib/kernel/event";
import { uuidv7 } from "@/lib/kernel/ids";
import { log } from "@/lib/log";
import { type Backoff, defaultBackoff } from "../retry";
import { Calls } from "./calls";
import { DatabaseTime } from "./clock";
import { type FunctionConfig, readConfigs, readKnown } from "./config";
import type { EmbeddedDoor } from "./door";
import { embeddedHandler } from "./handler";
import type { Refresh } from "./intake";
import { listen } from "./listen";
import { readEvents } from "./receive";
import { Scheduler } from "./scheduler";
import { Sends } from "./sends";
import { retried } from "./transient";

export type EngineOptions = {
  client: Inngest.Any;
  door: EmbeddedDoor;
  functions: readonly InngestFunction.Any[];
  /** What an event is about, so that its runs can be found from there. */
  subjectOf?: (name: string, data: Record<string, unknown>, tenantId: string) => EventSubject | null;
  /** Calls at once in this process. Most of a call is waiting for what is written, so many go together. */
  capacity?: number;
  leaseMs?: number;
  /** The slow look when nobody rang. */
  pollMs?: number;
  sweepMs?: number;
  /** How long one call of a function may take. */
  callTimeoutMs?: number;
  retry?: Backoff;
  /** Tests move the clock. */
  skewMs?: () => number;
};

export type Engine = {
  id: string;
  wake(): void;
  /** Stops claiming, waits so long for what is going on, and gives the rest back. */
  stop(graceMs?: number): Promise<void>;
};

const heartbeatMs = 10_000;

/**
 * The durable engine: Inngest functions on PostgreSQL, in this process and in as many others as there are. It refuses to
 * start with a function that asks for something it does not do.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { client, door, functions, skewMs = () => 0 } = options;
  copyEnvironment();
  const handler = embeddedHandler(client, functions);
  const raw = await handler.sync();
  const own = readConfigs(raw);
  const id = uuidv7();
  const clock = () => databaseClock(skewMs());
  const time = new DatabaseTime(skewMs);
  await time.sync(3);

  /** Everything that living processes know: an event that only a newer build listens for starts its run all the same. */
  const configs = new Map<string, FunctionConfig>();
  let version: string | null = null;
  const refresh: Refresh = async (db) => {
    const current = await workersVersion(db);
    if (current === version) return;
    const served = await servedFunctions(db);
    configs.clear();
    for (const { id: functionId, config } of served) {
      const known = readKnown(config);
      if (known) configs.set(functionId, known);
    }
    for (const config of own) configs.set(config.id, config);
    version = current;
  };
  const show = (db: Db) => beat(db, { id, functions: own.map((config) => config.id) }, databaseClock());
  const register = async (db: Db) => {
    await lockIntake(db, databaseClock());
    await registerFunctions(
      db,
      own.map((config) => ({ id: config.id, name: config.name, config })),
    );
    await show(db);
  };
  await retried(() => asWorkerInTransaction(register));
  await asWorker(refresh);

  const calls = new Calls({
    handler,
    timeoutMs: options.callTimeoutMs ?? 15 * 60_000,
    at: () => time.now(),
    record: (call, steps) => scheduler.workbench.record(call.job, steps),
  });
  const scheduler: Scheduler = new Scheduler({
    own,
    configs,
    refresh,
    clock,
    at: () => time.now(),
    calls,
    capacity: options.capacity ?? 100,
    leaseMs: options.leaseMs ?? 15_000,
    pollMs: options.pollMs ?? 5_000,
    sweepMs: options.sweepMs ?? 60_000,
    backoff: options.retry ?? defaultBackoff,
  });

  const sends = new Sends();
  door.open({
    checkpoint: (body) => calls.checkpoint(body),
    receive: async (given, seed) => {
      const base = (await sends.originOf(seed)) ?? seed;
      const events = readEvents(given, (at) => (base === null ? null : eventIdOf(`${base}:${at}`)), uuidv7);
      for (const event of events) {
        const about = options.subjectOf?.(event.name, event.data, event.tenantId) ?? null;
        event.subject = about && { kind: about.kind as RunSubject, id: about.id };
      }
      await asWorker((db) => insertEvents(db, events));
      scheduler.wake();
      return events.map((event) => event.key);
    },
  });

  const offBell = onBell(() => scheduler.wake());
  const stopListening = await listen(() => scheduler.wake());
  const heart = setInterval(() => {
    const beats = async () => {
      await time.sync();
      await asWorker(async (db) => {
        await show(db);
        await refresh(db);
      });
    };
    beats().catch((error: unknown) => log().warn({ error }, "the engine's heartbeat failed; the next one tries again"));
  }, heartbeatMs);
  scheduler.start();
  log().debug({ worker_id: id, functions: own.length }, "the engine runs");

  let stopping: Promise<void> | undefined;
  const stop = async (graceMs: number) => {
    offBell();
    clearInterval(heart);
    await scheduler.stop(graceMs);
    await stopListening().catch((error: unknown) => log().debug({ error }, "nobody heard that we stop listening"));
    door.close();
    await asWorker((db) => leave(db, id)).catch(() => {});
  };
  return {
    id,
    wake: () => scheduler.wake(),
    stop: (graceMs = 25_000) => {
      // Asked again with less time: it waits no longer than that.
      if (stopping) scheduler.workbench.hurry(graceMs);
      stopping ??= stop(graceMs);
      return stopping;
    },
  };
}

/** The same id for the same origin, in the shape of any other id. */
function eventIdOf(origin: string): string {
  return createHash("sha256").update(origin).digest("hex").slice(0, 32);
}
