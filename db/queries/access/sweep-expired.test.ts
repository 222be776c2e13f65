import { expect, it } from "vitest";
import { makePerson, makeSession } from "@/db/factories/access";
import { asGate, asWorker } from "@/db/system";
import { hashSecret } from "@/lib/domain/access/secrets";
import { addMs, dayMs, hourMs } from "@/lib/kernel/time";
import { insertMailedLink, spendMailedLink } from "./mailed-links";
import { loadCaller } from "./sessions";
import { sweepExpired } from "./sweep-expired";
import { findThrottles, lockThrottle, saveThrottle } from "./throttles";

it("takes what is over and leaves what is still good", async () => {
  const now = new Date();
  const person = await makePerson();
  const over = await makeSession(person.id, { now: addMs(now, -13 * hourMs) });
  const good = await makeSession(person.id);
  const link = (name: string, expiresAt: Date) =>
    insertMailedLink(db, {
      tokenHash: hashSecret(name),
      purpose: "sign_in",
      email: person.email,
      personId: person.id,
      payload: {},
      expiresAt,
    });
  const db = await asGate(async (gate) => gate);
  await link(`old ${person.id}`, addMs(now, -2 * dayMs));
  await link(`new ${person.id}`, addMs(now, hourMs));
  for (const [bucket, endsAt] of [
    [`old:${person.id}`, addMs(now, -hourMs)],
    [`new:${person.id}`, addMs(now, hourMs)],
  ] as const) {
    await lockThrottle(db, bucket, now);
    await saveThrottle(db, bucket, { attempts: 3, windowEndsAt: endsAt, blockedUntil: null });
  }

  const gone = await asWorker((worker) => sweepExpired(worker, now));
  expect(gone).toMatchObject({
    sessions: expect.any(Number),
    mailedLinks: expect.any(Number),
    throttles: expect.any(Number),
  });

  expect(await loadCaller(db, hashSecret(over.token), null)).toBeNull();
  expect(await loadCaller(db, hashSecret(good.token), null)).not.toBeNull();
  expect(await spendMailedLink(db, hashSecret(`new ${person.id}`), "sign_in", now)).not.toBeNull();
  const throttles = await findThrottles(db, [`old:${person.id}`, `new:${person.id}`]);
  expect([...throttles.keys()]).toEqual([`new:${person.id}`]);
});
