import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { insertEvents } from "@/db/queries/engine/outbox";
import { asWorker } from "@/db/system";
import { uuidv7 } from "@/lib/kernel/ids";
import type { Data } from "./functions";
import { longRun, type Said } from "./workload";

/** Says the events in their order, as fast as the storm goes on, and answers the runs that wait for an answer. */
export class Driver {
  private sent = 0;
  /** What was said beside the workload, to give a worker something to do. */
  readonly longs: Said[] = [];
  private isStopped = false;
  private work: Promise<void> = Promise.resolve();
  private fault: Error | null = null;
  private readonly answered = new Set<number>();

  constructor(
    private readonly admin: postgres.Sql,
    private readonly workload: readonly Said[],
    private readonly progress: () => number,
  ) {}

  start(): void {
    this.work = this.keepOn().catch((error: Error) => {
      this.fault = error;
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.work;
  }

  /** True when nothing is left to do; false where nothing has happened for so long. */
  async settle(patienceMs: number): Promise<boolean> {
    let last = "";
    let movedAt = Date.now();
    for (;;) {
      if (this.fault) throw this.fault;
      const [now] = await this.admin<{ open: number; moved: string }[]>`
        select (select count(*)::int from engine_runs where status in ('queued', 'running'))
             + (select count(*)::int from event_outbox) + (select count(*)::int from engine_batches) as open,
               (select count(*) from proof_recorded) || ' ' || (select count(*) from engine_runs where ended_at is not null)
             || ' ' || (select count(*) from proof_executions) as moved`;
      if (now?.open === 0 && this.sent === this.workload.length) return true;
      if (now && now.moved !== last) {
        last = now.moved;
        movedAt = Date.now();
      }
      if (Date.now() - movedAt > patienceMs) return false;
      await pause(200);
    }
  }

  /** Comes back when this worker is in the middle of a run that is not soon over. */
  async occupy(worker: string): Promise<boolean> {
    for (let tries = 0; tries < 40; tries++) {
      if (tries % 8 === 0) {
        const more = [0, 1].map((at) => longRun(this.workload.length + this.longs.length + at));
        this.longs.push(...more);
        await this.say(more);
      }
      await pause(75);
      const busy = await this.admin`
        select 1 from proof_executions 
        where worker = ${worker} and step in ('mile 1', 'mile 2', 'mile 3', 'mile 4') and ended_at is null`;
      if (busy.length > 0) return true;
    }
    return false;
  }

  async takenOver(worker: string): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const others = await this.admin`
        select mine.run from proof_executions mine
        join proof_executions other on other.run = mine.run and other.call <> mine.call and other.began_at > mine.began_at
        where mine.worker = ${worker} and mine.ended_at is null and mine.step like 'mile%'
        group by mine.run having count(*) >= 4`;
      if (others.length > 0) return;
      await pause(50);
    }
  }

  async open(): Promise<number> {
    const [row] = await this.admin<{ open: number }[]>`
      select count(*)::int as open from engine_runs where status in ('queued', 'running')`;
    return row?.open ?? 0;
  }

  /** The sweeper looks at runs that have not moved for a minute; nobody waits that long here. */
  async age(): Promise<void> {
    await this.admin`update engine_runs set updated_at = updated_at - interval '5 minutes' where ended_at is null`;
  }

  private async keepOn(): Promise<void> {
    while (!this.isStopped) {
      // A third at once, the rest as the storm goes on: no worker ever dies idle.
      const due = Math.min(this.workload.length, Math.ceil(this.workload.length * (1 / 3 + (this.progress() * 2) / 3)));
      await this.say(this.workload.slice(this.sent, due));
      this.sent = Math.max(this.sent, due);
      await this.say(await this.answers());
      await pause(100);
    }
  }

  private async answers(): Promise<{ name: string; data: Data }[]> {
    const waiting = await this.admin<{ data: Data }[]>`
      select r.events->0->'data' as data from engine_waits w
      join engine_runs r on r.tenant_uuid = w.tenant_uuid and r.id = w.run_id
      where w.event_name = 'proof/answer'`;
    const fresh = waiting.map(({ data }) => data).filter(({ n, isAnswered }) => isAnswered && !this.answered.has(n));
    for (const { n } of fresh) this.answered.add(n);
    return fresh.map(({ tenantId, n }) => ({ name: "proof/answer", data: { tenantId, n, isFinal: true } as Data }));
  }

  private async say(said: readonly { name: string; data: Data }[]): Promise<void> {
    const events = said.map(({ name, data }) => {
      const id = uuidv7();
      return { tenantId: data.tenantId, id, key: id, name, data: { ...data }, occurredAt: null, subject: null };
    });
    if (events.length > 0) await asWorker((db) => insertEvents(db, events));
  }
}
