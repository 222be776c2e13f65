import { readClock } from "@/db/queries/engine/clock";
import { asWorker } from "@/db/system";

/**
 * The database's time without asking it each time: read now and then, and carried on by the clock that only goes forward.
 * Somebody who sets this machine's clock moves nothing.
 */
export class DatabaseTime {
  private base = { at: Date.now(), since: performance.now(), faultMs: Number.POSITIVE_INFINITY };

  constructor(private readonly skewMs: () => number) {}

  /**
   * Of several answers the quickest counts: the first may have had to open a connection. What was known before stays where
   * it is still the better guess; two clocks drift apart by some hundredths of a millisecond a second.
   */
  async sync(times = 1): Promise<void> {
    for (let asked = 0; asked < times; asked++) {
      const from = performance.now();
      const at = await asWorker((db) => readClock(db));
      const until = performance.now();
      const faultMs = (until - from) / 2;
      const grown = this.base.faultMs + (until - this.base.since) * driftPerMs;
      const since = from + faultMs;
      // Further apart than both could be wrong: somebody has set the database's clock.
      const isSet = Math.abs(this.base.at + since - this.base.since - at.getTime()) > grown + faultMs + 50;
      if (faultMs < grown || isSet) this.base = { at: at.getTime(), since, faultMs };
    }
  }

  now(): Date {
    return new Date(this.base.at + (performance.now() - this.base.since) + this.skewMs());
  }
}

const driftPerMs = 0.00005;
