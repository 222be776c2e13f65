import { createRuns } from "@/db/queries/engine/create-runs";
import { type Mark, markKey, moveMark, readMarks, takeMarks } from "@/db/queries/engine/marks";
import type { Clock } from "@/db/queries/lease";
import { asWorker, asWorkerInTransaction } from "@/db/system";
import type { EventPayload } from "@/lib/domain/engine/payloads";
import { platformTenant } from "@/lib/domain/engine/vocabulary";
import { type FunctionConfig, nextTick } from "./config";
import { type Intake, spread } from "./intake";

type Schedule = { config: FunctionConfig; cron: string; mark: Mark; next: Date | null };

/**
 * Functions by the clock. The next tick of each stands in the database and is moved on from where it was seen, so of many
 * processes one gets it, and a clock that goes back repeats none. Ticks that were missed while nobody worked are made up for
 * once, not one by one.
 */
export class Crons {
  private readonly schedules: Schedule[];
  private isLoaded = false;

  constructor(
    own: readonly FunctionConfig[],
    private readonly clock: () => Clock,
    private readonly at: () => Date,
  ) {
    this.schedules = own.flatMap((config) =>
      config.triggers.flatMap((trigger): Schedule[] => {
        if (trigger.kind !== "cron") return [];
        const mark: Mark = { tenantId: platformTenant, kind: "cron", key: `${config.id}:${trigger.cron}` };
        return [{ config, cron: trigger.cron, mark, next: null }];
      }),
    );
  }

  dueInMs(): number {
    const now = this.at().getTime();
    return Math.min(
      ...this.schedules.map(({ next }) => (next === null ? Number.POSITIVE_INFINITY : next.getTime() - now)),
    );
  }

  /** Returns how many runs it started. */
  async tick(intake: Intake): Promise<number> {
    if (this.schedules.length === 0) return 0;
    if (!this.isLoaded) await this.load();
    let started = 0;
    for (const schedule of this.schedules) {
      const { next } = schedule;
      if (next === null || next > this.at()) continue;
      if (await this.fire(schedule, next, intake)) started++;
    }
    return started;
  }

  private async fire(schedule: Schedule, next: Date, intake: Intake): Promise<boolean> {
    const { config, cron, mark } = schedule;
    const missed = nextTick(cron, next);
    const following = missed && missed > this.at() ? missed : nextTick(cron, this.at());
    if (following === null) return false;
    const isOurs = await asWorkerInTransaction(async (db) => {
      if (!(await moveMark(db, mark, next, following))) return false;
      const event: EventPayload = {
        id: intake.newId(),
        name: "inngest/scheduled.timer",
        data: { cron, tenantId: null },
        ts: next.getTime(),
      };
      const draft = {
        config,
        tenantId: platformTenant,
        events: [event],
        position: "0",
        subject: null,
        trigger: "cron" as const,
      };
      await createRuns(db, await spread(db, [draft], intake), intake.now, intake.newId);
      return true;
    });
    if (isOurs) schedule.next = following;
    else await this.load();
    return isOurs;
  }

  private async load(): Promise<void> {
    const marks = this.schedules.map(({ mark }) => mark);
    // A cron that is new here begins with its next tick.
    for (const { cron, mark } of this.schedules) {
      const first = nextTick(cron, this.at());
      if (first)
        await asWorker((db) => takeMarks(db, [mark], this.clock(), first.getTime() - this.at().getTime(), "keep"));
    }
    const known = await asWorker((db) => readMarks(db, marks));
    for (const schedule of this.schedules) schedule.next = known.get(markKey(schedule.mark)) ?? null;
    this.isLoaded = true;
  }
}
