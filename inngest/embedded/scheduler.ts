import type { Db } from "@/db/client";
import { takeDueBatches } from "@/db/queries/engine/batches";
import { slotsOf } from "@/db/queries/engine/end-runs";
import {
  type ClaimedJob,
  claimJobs,
  countHolders,
  finishJobs,
  heldOf,
  jobLease,
  lockSlots,
  nextDueInMs,
  openDueJobs,
  parkJobs,
  unparkJobs,
} from "@/db/queries/engine/jobs";
import { beginRuns, type LoadedRun } from "@/db/queries/engine/load-runs";
import { putFirstAside } from "@/db/queries/engine/outbox";
import { recordSteps, type StepWrite } from "@/db/queries/engine/steps";
import { insertWaits } from "@/db/queries/engine/waits";
import type { Clock } from "@/db/queries/lease";
import { asWorker, asWorkerInTransaction } from "@/db/system";
import { uuidv7 } from "@/lib/kernel/ids";
import { log } from "@/lib/log";
import { metrics } from "@/lib/metrics";
import type { Calls } from "./calls";
import type { FunctionConfig } from "./config";
import { Crons } from "./crons";
import { cancelledBy, type Intake, type Refresh, releaseBatches, takeIn } from "./intake";
import { notifyOthers } from "./listen";
import { errorOf } from "./protocol";
import type { Backoff } from "./retry";
import { fireTimers, type Settled, settleCalls } from "./settle-calls";
import { rest } from "./settlement";
import { admit, slotLimits } from "./slots";
import { giveSlotsOn, Sweeper } from "./sweeper";
import { together } from "./together";
import { isTransient, retried } from "./transient";

export type SchedulerOptions = {
  workerId: string;
  own: readonly FunctionConfig[];
  configs: ReadonlyMap<string, FunctionConfig>;
  refresh: Refresh;
  clock: () => Clock;
  at: () => Date;
  calls: Calls;
  capacity: number;
  leaseMs: number;
  pollMs: number;
  sweepMs: number;
  backoff: Backoff;
};

type Held = { job: ClaimedJob; done: Promise<void> };

const longestBlindMs = 100;

/**
 * One process's share of the work: takes events in, claims what is due, keeps its leases, and sleeps until there is
 * something to do. It looks when it is rung, when something it knows of falls due, and now and then without a reason.
 */
export class Scheduler {
  private readonly held = new Map<string, Held>();
  private readonly functions: string[];
  private readonly crons: Crons;
  private readonly hasSlots: boolean;
  private readonly sweeper: Sweeper;
  private sawCancelled = false;
  /** Runs that could not be read just now, with the reason. */
  private readonly unreadable = new Map<string, unknown>();
  private isDirty = false;
  /** Whether more than a place came free: events may have come, or something may be due. */
  private isRung = false;
  private isTurning = false;
  private isStopping = false;
  private alarm: NodeJS.Timeout | undefined;
  private timers: NodeJS.Timeout[] = [];
  private turning: Promise<void> = Promise.resolve();
  private lastNotifyAt = 0;
  private lastFullLookAt = 0;
  private patience: NodeJS.Timeout | undefined;
  private enough: () => void = () => {};

  private readonly write: (call: Settled) => Promise<boolean>;
  private readonly keep: (record: { job: ClaimedJob; steps: StepWrite[] }) => Promise<boolean>;

  constructor(private readonly options: SchedulerOptions) {
    this.functions = options.own.map(({ id }) => id);
    this.sweeper = new Sweeper(options);
    this.crons = new Crons(options.own, options.clock, () => options.at());
    this.hasSlots = options.own.some(({ concurrency }) => concurrency.length > 0);
    this.write = together((calls) =>
      retried(() =>
        asWorkerInTransaction((db) => settleCalls(db, calls, { ...this.intake(), announced: this.announced() })),
      ),
    );
    this.keep = together((records) =>
      retried(() =>
        asWorker((db) =>
          recordSteps(
            db,
            records.map(({ job, steps }) => ({ held: heldOf(job), steps })),
            options.clock(),
          ),
        ),
      ),
    );
  }

  start(): void {
    const { leaseMs, sweepMs } = this.options;
    const every = (ms: number, work: () => Promise<void>, what: string) => {
      const timer = setInterval(() => {
        work().catch((error: unknown) => log().warn({ error }, `${what} failed; the next round tries again`));
      }, ms);
      this.timers.push(timer);
    };
    every(leaseMs / 3, () => this.renew(), "renewing the engine's leases");
    every(sweepMs, () => this.sweep(), "the engine's sweep");
    this.wake();
  }

  wake(): void {
    this.isRung = true;
    this.look();
  }

  private look(): void {
    this.isDirty = true;
    if (this.isTurning || this.isStopping) return;
    this.isTurning = true;
    clearTimeout(this.alarm);
    this.turning = this.turn().finally(() => {
      this.isTurning = false;
      if (this.isDirty) this.look();
    });
  }

  record(job: ClaimedJob, steps: StepWrite[]): Promise<boolean> {
    return this.keep({ job, steps });
  }

  /** Stops claiming, waits for what is going on, and gives the rest back. */
  async stop(graceMs: number): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.alarm);
    await this.turning;
    const all = Promise.all([...this.held.values()].map(({ done }) => done));
    const enough = new Promise<void>((done) => {
      this.enough = done;
    });
    this.hurry(graceMs);
    await Promise.race([all, enough]);
    clearTimeout(this.patience);
    for (const timer of this.timers) clearInterval(timer);
    const left = [...this.held.values()].map(({ job }) => heldOf(job));
    await asWorker((db) => jobLease.release(db, left)).catch((error: unknown) =>
      log().warn({ error }, "leases were not given back; they run out by themselves"),
    );
  }

  /** Waits no longer than this for what is going on. */
  hurry(graceMs: number): void {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.enough(), graceMs);
  }

  /** What some function listens for: of the engine's own events only those are said. */
  private announced(): ReadonlySet<string> {
    const names = [...this.options.configs.values()].flatMap(({ triggers }) =>
      triggers.flatMap((trigger) => (trigger.kind === "event" ? [trigger.event] : [])),
    );
    return new Set(names.filter((name) => name.startsWith("inngest/")));
  }

  private intake(): Intake {
    return { now: this.options.clock(), at: this.options.at, newId: () => uuidv7(), configs: this.options.configs };
  }

  private async turn(): Promise<void> {
    try {
      while (this.isDirty && !this.isStopping) {
        // While places come free without end, nobody rings for what falls due meanwhile.
        const isRung = this.isRung || performance.now() - this.lastFullLookAt > longestBlindMs;
        this.isDirty = false;
        this.isRung = false;
        if (isRung) this.lastFullLookAt = performance.now();
        const found = isRung ? (await this.takeIn()) + (await this.openDue()) + (await this.giveSlotsOn()) : 0;
        const claimed = await this.claim();
        // More of the same may be there: look again without waiting to be rung.
        if (found > 0) this.isRung = true;
        if (found > 0 || claimed > 0) this.isDirty = true;
      }
      if (!this.isStopping) await this.setAlarm();
    } catch (error) {
      if (this.isStopping) return;
      log().warn({ error }, "the engine could not look for work; it tries again");
      this.isDirty = false;
      this.alarm = setTimeout(() => this.wake(), 1_000);
    }
  }

  /** One event that cannot be taken must not stand in the way of all others: it is put aside, and tried again later. */
  private async takeIn(): Promise<number> {
    try {
      return await this.takePortion();
    } catch (error) {
      if (isTransient(error)) throw error;
      log().error({ error }, "a portion of events could not be taken in; they are taken one by one");
    }
    let taken = 0;
    for (let one = 0; one < 1_000; one++) {
      try {
        if ((await this.takePortion(1)) === 0) break;
        taken++;
      } catch (error) {
        if (isTransient(error)) throw error;
        const id = await asWorker((db) => putFirstAside(db, this.options.clock()));
        log().error({ error, event_id: id }, "an event could not be taken in; it is put aside and tried again later");
      }
    }
    return taken;
  }

  private async takePortion(limit?: number): Promise<number> {
    const { taken, cancelled } = await retried(() =>
      asWorkerInTransaction((db) => takeIn(db, this.intake(), this.options.refresh, limit)),
    );
    this.sawCancelled ||= cancelled;
    return taken;
  }

  private async setAlarm(): Promise<void> {
    const due = await asWorker((db) => nextDueInMs(db, this.functions, this.options.clock()));
    const ms = Math.min(this.options.pollMs, due ?? Number.POSITIVE_INFINITY, this.crons.dueInMs());
    clearTimeout(this.alarm);
    this.alarm = setTimeout(() => this.wake(), Math.max(1, Math.ceil(ms)));
  }

  /** What falls due by itself: sleepers, batches that waited long enough, crons. */
  private async openDue(): Promise<number> {
    const opened = await asWorker((db) => openDueJobs(db, this.options.clock(), 1_000));
    // Also of a function that gathers no more: what had come to it before leaves all the same.
    const batches = await asWorkerInTransaction(async (db) => {
      const due = await takeDueBatches(db, this.functions, this.options.clock());
      await releaseBatches(db, due, this.intake());
      return due.length;
    });
    return opened + batches + (await this.crons.tick(this.intake()));
  }

  private async claim(): Promise<number> {
    const free = this.options.capacity - this.held.size;
    if (free <= 0) return 0;
    const { found, go } = this.hasSlots
      ? await asWorkerInTransaction((db) => this.claimSlots(db, free))
      : await this.claimFree(free);
    if (go.length === 0) return found;
    if (go.length === free) this.tellOthers();
    this.begin(go);
    return found;
  }

  private claimJobs(db: Db, limit: number): Promise<ClaimedJob[]> {
    const { clock, leaseMs } = this.options;
    return claimJobs(db, { now: clock(), leaseMs, limit, functions: this.functions });
  }

  private async claimFree(limit: number) {
    const go = await asWorker((db) => this.claimJobs(db, limit));
    return { found: go.length, go };
  }

  /** Where functions have limits, what was claimed is weighed before the claim counts. */
  private async claimSlots(db: Db, limit: number) {
    await lockSlots(db);
    const jobs = await this.claimJobs(db, limit);
    const keys = jobs.flatMap(({ key_1, key_2 }) => [key_1, key_2]).filter((key) => key !== null);
    if (keys.length === 0) return { found: jobs.length, go: jobs };
    const holders = await countHolders(db, [...new Set(keys)], jobs.map(heldOf));
    const limitsOf = (job: ClaimedJob) => slotLimits(this.options.configs.get(job.function_id), job);
    const { go, wait, free } = admit(jobs, holders, limitsOf);
    await parkJobs(
      db,
      wait.map(({ job, gate }) => ({ ...heldOf(job), gate })),
    );
    const unparked = await unparkJobs(db, free);
    return { found: go.length + unparked, go };
  }

  /** There is more than this process can take: another one may be idle. */
  private tellOthers(): void {
    const now = performance.now();
    if (now - this.lastNotifyAt < 250) return;
    this.lastNotifyAt = now;
    notifyOthers();
  }

  private begin(jobs: readonly ClaimedJob[]): void {
    const timers = jobs.filter(({ kind }) => kind === "timer");
    const calls = jobs.filter(({ kind }) => kind === "call");
    const follow = (group: readonly ClaimedJob[], work: Promise<void>) => {
      const done = work
        .catch((error: unknown) =>
          log().error({ error, jobs: group.length }, "claimed work was not finished; its lease runs out"),
        )
        .finally(() => {
          for (const job of group) this.held.delete(nameOf(job));
          this.look();
        });
      for (const job of group) this.held.set(nameOf(job), { job, done });
    };
    if (timers.length > 0)
      follow(
        timers,
        retried(() => asWorkerInTransaction((db) => fireTimers(db, timers, this.options.clock()))),
      );
    if (calls.length === 0) return;
    const loaded = this.load(calls);
    for (const job of calls)
      follow(
        [job],
        loaded.then((runs) => this.carryOut(job, runs.get(job.run_id))),
      );
  }

  private async load(jobs: readonly ClaimedJob[]): Promise<Map<string, LoadedRun>> {
    const keys = new Map(jobs.map((job) => [job.run_id, { tenant_uuid: job.tenant_uuid, id: job.run_id }]));
    const runs = await this.beginRuns([...keys.values()]);
    await this.listenAgain(runs.filter(({ trigger, was }) => trigger === "replay" && was === "queued"));
    return new Map(runs.map((run) => [run.id, run]));
  }

  /** Where one of many cannot be read, the others are; that one is left to its lease, and in the end given up. */
  private async beginRuns(keys: { tenant_uuid: string; id: string }[]): Promise<LoadedRun[]> {
    const begin = (some: typeof keys) => retried(() => asWorker((db) => beginRuns(db, some, this.options.clock())));
    try {
      return await begin(keys);
    } catch (error) {
      if (keys.length === 1 || isTransient(error)) throw error;
      const alone = await Promise.allSettled(keys.map((key) => begin([key])));
      for (const [at, one] of alone.entries())
        if (one.status === "rejected") this.unreadable.set(keys[at]?.id ?? "", one.reason);
      return alone.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    }
  }

  /** Who asks for a replay does not know what the function is cancelled by: that is seen to as it begins. */
  private async listenAgain(replays: readonly LoadedRun[]): Promise<void> {
    const waits = replays.flatMap((run) => {
      const config = this.options.configs.get(run.function_id);
      const [event] = run.events;
      if (!config || !event) return [];
      const own = { tenantId: run.tenant_uuid, runId: run.id, stepId: "" };
      return cancelledBy(config, event, this.options.at()).map((wait) => ({ ...wait, ...own, id: uuidv7() }));
    });
    if (waits.length > 0) await asWorker((db) => insertWaits(db, waits));
  }

  private async carryOut(job: ClaimedJob, run: LoadedRun | undefined): Promise<void> {
    const config = this.options.configs.get(job.function_id);
    const fault = this.unreadable.get(job.run_id);
    if (fault !== undefined) {
      this.unreadable.delete(job.run_id);
      throw fault;
    }
    // Ended meanwhile: there is nothing left to do.
    if (!run || !config) return asWorkerInTransaction((db) => this.layDown(db, job));
    // A step of its own is under way as this very job; what else is open, others see to.
    const facts = {
      job,
      run: { ...run, open: run.open.filter((id) => id !== job.step_id) },
      config,
      at: this.options.at(),
      backoff: this.options.backoff,
      newId: () => uuidv7(),
    };
    const { calls, callsInFlight, runsEnded } = metrics();
    callsInFlight.inc();
    const done = calls.startTimer({ function: config.id });
    const settlement = await this.options.calls.make(facts).finally(() => {
      done();
      callsInFlight.dec();
    });
    try {
      const isWritten = await this.write({ facts, settlement });
      // An end may say an event; a step may have said some.
      if (settlement.end && settlement.end.status !== "completed") this.isRung = true;
      if (isWritten && settlement.end) runsEnded.inc({ function: config.id, status: settlement.end.status });
    } catch (error) {
      if (isTransient(error)) throw error;
      // What cannot be written would be done again and again: the run ends with the reason instead.
      log().error({ error, run_id: run.id, function_id: config.id }, "what a call came to could not be written");
      await this.write({
        facts,
        settlement: rest({ status: "failed", reason: "over_limit", error: errorOf(error) }),
      });
    }
  }

  /** Work for a run that has ended: it goes, and with it the place it holds. */
  private async layDown(db: Db, job: ClaimedJob): Promise<void> {
    if (job.key_1 !== null || job.key_2 !== null) await lockSlots(db);
    await finishJobs(db, [{ ...heldOf(job), revision: job.revision }], this.options.clock());
    await unparkJobs(db, slotsOf([job]));
  }

  private async renew(): Promise<void> {
    const held = [...this.held.values()].map(({ job }) => heldOf(job));
    if (held.length === 0) return;
    await asWorker((db) => jobLease.renew(db, held, { now: this.options.clock(), leaseMs: this.options.leaseMs }));
  }

  /** Somebody cancelled runs in a workspace, and could not see who of another waits for the same slots. */
  private async giveSlotsOn(): Promise<number> {
    if (!this.sawCancelled) return 0;
    this.sawCancelled = false;
    return giveSlotsOn(this.options.configs);
  }

  private async sweep(): Promise<void> {
    if ((await this.sweeper.sweep()) > 0) this.wake();
  }
}

/** With its number: a process that was away may hold the same work twice for a moment, under an old number and a new one. */
const nameOf = (job: ClaimedJob) => `${job.run_id} ${job.step_id} ${job.token}`;
