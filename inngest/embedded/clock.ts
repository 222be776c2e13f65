import { readClock } from "@/db/queries/engine/clock";
import { asWorker } from "@/db/system";

/**
 * The database's time without asking it each time: read now and then, and carried on by the clock that only goes forward.
 * Somebody who sets this machine's clock moves nothing.
 */
export class DatabaseTime {
  private base = { at: Date.now(), since: performance.now() };

  constructor(private readonly skewMs: () => number) {}

  async sync(): Promise<void> {
    const asked = performance.now();
    const at = await asWorker((db) => readClock(db));
    // Half of the way there and back.
    const since = (asked + performance.now()) / 2;
    this.base = { at: at.getTime(), since };
  }

  now(): Date {
    return new Date(this.base.at + (performance.now() - this.base.since) + this.skewMs());
  }
}
