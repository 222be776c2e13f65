import { readClock } from "@/db/queries/engine/clock";
import { asWorker } from "@/db/system";

/**
 * The database's time without asking it each time: read now and then, and carried on by the clock that only goes forward.
 * Somebody who sets this machine's clock moves nothing.
 */
export class DatabaseTime {
  private base = { at: Date.now(), since: performance.now() };

  constructor(private readonly skewMs: () => number) {}

  /** Asked more than once, and the quickest answer counts: the first may have had to open a connection. */
  async sync(): Promise<void> {
    let quickest = Number.POSITIVE_INFINITY;
    for (let asked = 0; asked < 3; asked++) {
      const from = performance.now();
      const at = await asWorker((db) => readClock(db));
      const tookMs = performance.now() - from;
      if (tookMs >= quickest) continue;
      quickest = tookMs;
      this.base = { at: at.getTime(), since: from + tookMs / 2 };
    }
  }

  now(): Date {
    return new Date(this.base.at + (performance.now() - this.base.since) + this.skewMs());
  }
}
