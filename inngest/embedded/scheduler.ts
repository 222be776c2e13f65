import { takeDueBatches } from "@/db/queries/engine/batches";
import { nextDueInMs, openDueJobs } from "@/db/queries/engine/jobs";
import { putFirstAside } from "@/db/queries/engine/outbox";
import type { Clock } from "@/db/queries/lease";
import { asWorker, asWorkerInTransaction } from "@/db/system";
import { uuidv7 } from "@/lib/kernel/ids";
import { log } from "@/lib/log";
import type { Backoff } from "../retry";
import type { Calls } from "./calls";
import { Claims } from "./claims";
import type { FunctionConfig } from "./config";
import { Crons } from "./crons";
import { type Intake, type Refresh, releaseBatches, takeIn } from "./intake";
import { giveSlotsOn, Sweeper } from "./sweeper";
import { isTransient, retried } from "./transient";
import { Workbench } from "./workbench";

type SchedulerOptions = {
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

const longestBlindMs = 100;

/**
 * One process's share of the work: takes events in, claims what is due, keeps its leases, and sleeps until there is
 * something to do. It looks when it is rung, when something it knows of falls due, and now and then without a reason.
 */
export class Scheduler {
  readonly workbench: Workbench;
  private readonly functions: string[];
  private readonly claims: Claims;
  private readonly crons: Crons;
  private readonly sweeper: Sweeper;
  private sawCancelled = false;
  private isDirty = false;
  /** Whether more than a place came free: events may have come, or something may be due. */
  private isRung = false;
  private isTurning = false;
  private isStopping = false;
  private alarm: NodeJS.Timeout | undefined;
  private timers: NodeJS.Timeout[] = [];
  private turning: Promise<void> = Promise.resolve();
  private lastFullLookAt = 0;

  constructor(private readonly options: SchedulerOptions) {
    this.functions = options.own.map(({ id }) => id);
    this.claims = new Claims(options);
    this.crons = new Crons(options.own, options.clock, () => options.at());
    this.sweeper = new Sweeper(options);
    this.workbench = new Workbench({
      ...options,
      intake: () => this.intake(),
      onDone: (rang) => (rang ? this.wake() : this.look()),
    });
  }

  start(): void {
    const { leaseMs, sweepMs } = this.options;
    const every = (ms: number, work: () => Promise<void>, what: string) => {
      const timer = setInterval(() => {
        work().catch((error: unknown) => log().warn({ error }, `${what} failed; the next round tries again`));
      }, ms);
      this.timers.push(timer);
    };
    every(leaseMs / 3, () => this.workbench.renew(), "renewing the engine's leases");
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

  /** Stops claiming, waits for what is going on, and gives the rest back. */
  async stop(graceMs: number): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.alarm);
    await this.turning;
    await this.workbench.clear(graceMs);
    for (const timer of this.timers) clearInterval(timer);
    await this.workbench.giveBack();
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
    const { found, go } = await this.claims.take(this.options.capacity - this.workbench.size);
    if (go.length > 0) this.workbench.begin(go);
    return found;
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
