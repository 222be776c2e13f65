import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { asWorker } from "@/db/system";
import { uuidv7 } from "@/lib/kernel/ids";
import { insertJobs, jobLease, type NewJob } from "./engine/jobs";
import { databaseClock } from "./lease";

/** On the engine's own table; the outbox of messages uses the same. */
const functionId = `lease-test-${uuidv7()}`;
const tenantId = uuidv7();
const leaseMs = 5_000;
type Claimed = { tenant_uuid: string; run_id: string; step_id: string; token: string; expired: boolean };

const job = (position: number): NewJob => ({
  tenantId,
  runId: uuidv7(),
  stepId: "",
  kind: "call",
  functionId,
  dueAt: null,
  key1: null,
  key2: null,
  sortAt: new Date().toISOString(),
  position: String(position),
});
const claim = (limit: number, skewMs = 0) =>
  asWorker((db) =>
    jobLease.claim<Claimed>(db, {
      now: databaseClock(skewMs),
      leaseMs,
      limit,
      where: sql`function_id = ${functionId}`,
      order: sql`position`,
      returning: sql`t.tenant_uuid, t.run_id, t.step_id, t.lease_token as token`,
    }),
  );
const heldOf = ({ tenant_uuid, run_id, step_id, token }: Claimed) => ({
  tenant_uuid,
  run_id,
  step_id,
  token: Number(token),
});
const clear = () => asWorker((db) => db.execute(sql`delete from engine_jobs where function_id = ${functionId}`));
const make = (count: number) =>
  asWorker((db) =>
    insertJobs(
      db,
      Array.from({ length: count }, (_, at) => job(at)),
      databaseClock(),
    ),
  );

beforeEach(() => clear().then(() => {}));
afterAll(() => clear().then(() => {}));

describe("a claim", () => {
  it("takes what nobody holds, first come first served, up to its limit", async () => {
    await make(5);
    const first = await claim(2);
    const second = await claim(10);
    expect([first.length, second.length]).toEqual([2, 3]);
    expect(await claim(10)).toEqual([]);
    const runs = new Set([...first, ...second].map(({ run_id }) => run_id));
    expect(runs.size).toBe(5);
  });

  it("gives no row to two of many that claim at once", async () => {
    await make(100);
    const claims = await Promise.all(Array.from({ length: 16 }, () => claim(10)));
    const taken = claims.flat().map(({ run_id }) => run_id);
    expect(new Set(taken).size).toBe(taken.length);
    const rest = await claim(100);
    expect(taken.length + rest.length).toBe(100);
  });

  it("takes over what its holder let run out, and says so", async () => {
    await make(1);
    const [before] = await claim(1);
    expect(await claim(1, leaseMs - 1_000)).toEqual([]);
    const [after] = await claim(1, leaseMs + 1_000);
    expect([before?.expired, after?.expired]).toEqual([false, true]);
    expect(after?.token).not.toBe(before?.token);
  });
});

describe("who holds a row", () => {
  it("keeps it by the heartbeat", async () => {
    await make(1);
    const [mine] = await claim(1);
    if (!mine) throw new Error("nothing was claimed");
    await asWorker((db) => jobLease.renew(db, [heldOf(mine)], { now: databaseClock(leaseMs), leaseMs }));
    expect(await claim(1, leaseMs + 1_000)).toEqual([]);
  });

  it("is told when it is somebody else's, and cannot take it back", async () => {
    await make(1);
    const [mine] = await claim(1);
    const [theirs] = await claim(1, leaseMs + 1_000);
    if (!mine || !theirs) throw new Error("nothing was claimed");
    const renewed = await asWorker((db) => jobLease.renew(db, [heldOf(mine)], { now: databaseClock(), leaseMs }));
    const held = await asWorker((db) => jobLease.hold(db, [heldOf(mine), heldOf(theirs)]));
    expect(renewed).toEqual([]);
    expect(held.map(({ lease_token }) => String(lease_token))).toEqual([String(theirs.token)]);
    await asWorker((db) => jobLease.release(db, [heldOf(mine)]));
    expect(await claim(1, leaseMs)).toEqual([]);
  });

  it("is not mistaken for the holder of a row that was made anew under the same name", async () => {
    await make(1);
    const [old] = await claim(1);
    if (!old) throw new Error("nothing was claimed");
    await clear();
    const again = { ...job(0), runId: old.run_id };
    await asWorker((db) => insertJobs(db, [again], databaseClock()));
    await claim(1);
    expect(await asWorker((db) => jobLease.hold(db, [heldOf(old)]))).toEqual([]);
  });

  it("gives it back before its time", async () => {
    await make(1);
    const [mine] = await claim(1);
    if (!mine) throw new Error("nothing was claimed");
    await asWorker((db) => jobLease.release(db, [heldOf(mine)]));
    expect(await claim(1)).toHaveLength(1);
  });
});
