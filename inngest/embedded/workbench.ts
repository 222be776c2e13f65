import type { Db } from "@/db/client";
import { slotsOf } from "@/db/queries/engine/end-runs";
import { type ClaimedJob, finishJobs, heldOf, jobLease, lockSlots, unparkJobs } from "@/db/queries/engine/jobs";
import { beginRuns, type LoadedRun } from "@/db/queries/engine/load-runs";
import { recordSteps, type StepWrite } from "@/db/queries/engine/steps";
import { insertWaits } from "@/db/queries/engine/waits";
import type { Clock } from "@/db/queries/lease";
import { asWorker, asWorkerInTransaction } from "@/db/system";
import { uuidv7 } from "@/lib/kernel/ids";
import { log } from "@/lib/log";
import { metrics } from "@/lib/metrics";
import type { Backoff } from "../retry";
import type { Calls } from "./calls";
import type { FunctionConfig } from "./config";
import { cancelledBy, type Intake } from "./intake";
import { errorOf } from "./protocol";
import { fireTimers, type Settled, settleCalls } from "./settle-calls";
import { rest } from "./settlement";
import { together } from "./together";
import { isTransient, retried } from "./transient";

type WorkbenchOptions = {
  configs: ReadonlyMap<string, FunctionConfig>;
  clock: () => Clock;
  at: () => Date;
  calls: Calls;
  leaseMs: number;
  backoff: Backoff;
  intake: () => Intake;
  /** A place came free; `rang` where an event may have been said with it. */
  onDone: (rang: boolean) => void;
};

type Held = { job: ClaimedJob; done: Promise<void> };

/** What this process has in hand: the work it has claimed, from the reading of the run to the writing of what came of it. */
export class Workbench {
  private readonly held = new Map<string, Held>();
  /** Runs that could not be read just now, with the reason. */
  private readonly unreadable = new Map<string, unknown>();
  private patience: NodeJS.Timeout | undefined;
  private enough: () => void = () => {};

  private readonly write: (call: Settled) => Promise<boolean>;
  private readonly keep: (record: { job: ClaimedJob; steps: StepWrite[] }) => Promise<boolean>;

  constructor(private readonly options: WorkbenchOptions) {
    this.write = together((calls) =>
      retried(() =>
        asWorkerInTransaction((db) => settleCalls(db, calls, { ...options.intake(), announced: this.announced() })),
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

  get size(): number {
    return this.held.size;
  }

  /** Step results of a call that goes on; false where its job is no longer held. */
  record(job: ClaimedJob, steps: StepWrite[]): Promise<boolean> {
    return this.keep({ job, steps });
  }

  /** The heartbeat of everything in hand. */
  async renew(): Promise<void> {
    const held = [...this.held.values()].map(({ job }) => heldOf(job));
    if (held.length === 0) return;
    await asWorker((db) => jobLease.renew(db, held, { now: this.options.clock(), leaseMs: this.options.leaseMs }));
  }

  /** Waits so long for what is going on. */
  async clear(graceMs: number): Promise<void> {
    const all = Promise.all([...this.held.values()].map(({ done }) => done));
    const enough = new Promise<void>((done) => {
      this.enough = done;
    });
    this.hurry(graceMs);
    await Promise.race([all, enough]);
    clearTimeout(this.patience);
  }

  async giveBack(): Promise<void> {
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

  begin(jobs: readonly ClaimedJob[]): void {
    const timers = jobs.filter(({ kind }) => kind === "timer");
    const calls = jobs.filter(({ kind }) => kind === "call");
    const follow = (group: readonly ClaimedJob[], work: Promise<void>) => {
      const done = work
        .catch((error: unknown) =>
          log().error({ error, jobs: group.length }, "claimed work was not finished; its lease runs out"),
        )
        .finally(() => {
          for (const job of group) this.held.delete(nameOf(job));
          this.options.onDone(false);
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
      if (!isWritten || !settlement.end) return;
      runsEnded.inc({ function: config.id, status: settlement.end.status });
      // An end may have been said as an event.
      this.options.onDone(true);
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
}

/** With its number: a process that was away may hold the same work twice for a moment, under an old number and a new one. */
const nameOf = (job: ClaimedJob) => `${job.run_id} ${job.step_id} ${job.token}`;
