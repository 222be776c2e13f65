import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { makePlainContact } from "@/db/factories/contact-work";
import { insertAuditLine } from "@/db/queries/access/audit";
import { withTenant } from "@/db/tenant";
import { ownerOf } from "@/e2e/owner-of";
import { untilBlockedBy } from "@/e2e/until-blocked-by";
import { contactsChanged } from "@/lib/domain/contacts/events";
import { failure } from "@/lib/http/failure";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { verifyAudit } from "./access/verify-audit";
import { AlreadyAnswered, type Context, type Idempotency, read, type Tx, transaction } from "./context";

let tenantId: TenantId;
let ctx: Context;
beforeAll(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  ctx = ownerOf(tenantId);
});

const ask = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read write", async (db) => [...(await db.execute<Row>(query))]);
const stop = (tx: Tx, code: string) =>
  tx.db.execute(sql.raw(`do $$ begin raise exception 'in the way' using errcode = '${code}'; end $$`));
const line = (name: string) => ({ action: "contact.updated", subject: { kind: "contact", id: null, name } }) as const;
const linesNamed = async (name: string) =>
  (await ask<{ count: number }>(sql`select count(*)::int as count from audit_lines where subject_name = ${name}`))[0]
    ?.count;
const eventsAbout = async (id: string) =>
  (
    await ask<{ count: number }>(
      sql`select count(*)::int as count from event_outbox where data -> 'ids' ->> 0 = ${id} and tenant_uuid = ${tenantId}`,
    )
  )[0]?.count;
const touch = (tx: Tx, id: string) => tx.db.execute(sql`update contacts set locale = 'ht' where id = ${id}`);

/** Opens once this many have come. */
function meeting(size: number) {
  let come = 0;
  let open = () => {};
  const all = new Promise<void>((done) => {
    open = done;
  });
  return () => {
    if (++come >= size) open();
    return all;
  };
}

describe("work that the database stops because somebody is in its way", () => {
  it("is done again from the beginning, and only the run that is kept says, writes and sends anything", async () => {
    const [a, b] = [(await makePlainContact(tenantId)).id, (await makePlainContact(tenantId)).id];
    const name = `circle ${uuidv7()}`;
    const both = meeting(2);
    const runs: string[] = [];
    const sent: string[] = [];
    const change = (first: string, second: string) =>
      transaction(ctx, async (tx) => {
        runs.push(first);
        await tx.audit(line(name));
        await tx.publish(contactsChanged, { ids: [first] });
        tx.afterCommit(async () => void sent.push(first));
        await touch(tx, first);
        await both();
        await touch(tx, second);
        return first;
      });
    expect(await Promise.all([change(a, b), change(b, a)])).toEqual([a, b]);
    expect(runs).toHaveLength(3);
    expect([...sent].sort()).toEqual([a, b].sort());
    expect(await linesNamed(name)).toBe(2);
    expect([await eventsAbout(a), await eventsAbout(b)]).toEqual([1, 1]);
    expect((await verifyAudit(ctx)).verdict).toBe("intact");
  });

  it("keeps one answer under its Idempotency-Key, that of the run that is kept", async () => {
    const { id } = await makePlainContact(tenantId);
    const request = (): Idempotency => ({
      ...{ callerId: "key:1", route: "POST /x", key: uuidv7(), requestHash: "h" },
      render: (result) => ({ status: 200, body: String(result) }),
    });
    let [first, runs] = [request(), 0];
    const work = async (tx: Tx) => {
      await tx.audit(line("answered"));
      await touch(tx, id);
      return ++runs;
    };
    const actor = { kind: "system", id: null, name: "test" } as const;
    const said = { ...line("first"), actor, at: new Date(), ip: null, requestId: null };
    // Somebody holds the head of the log and then wants the contact, so that our work is stopped with its answer stored
    // already. On a busy machine the database may stop the other one: then they meet again.
    for (let round = 0; round < 10 && runs < 2; round++) {
      [first, runs] = [request(), 0];
      let answered: Promise<unknown> = Promise.resolve();
      await withTenant(tenantId, "read write", async (db) => {
        await insertAuditLine(db, tenantId, said);
        answered = transaction({ ...ctx, idempotency: first }, work);
        await untilBlockedBy(db);
        await db.execute(sql`update contacts set locale = 'fr' where id = ${id}`);
      }).catch(() => undefined);
      await answered;
    }
    expect(runs).toBe(2);
    expect(first.answer).toEqual({ status: 200, body: "2", replayed: false });
    const again: Idempotency = { ...first, answer: undefined };
    await expect(transaction({ ...ctx, idempotency: again }, work)).rejects.toThrow(AlreadyAnswered);
    expect(again.answer).toEqual({ status: 200, body: "2", replayed: true });
    expect(runs).toBe(2);
  });

  it("is given up after a few times, and the caller is told to come back", async () => {
    let runs = 0;
    const name = `given up ${uuidv7()}`;
    const refused = transaction(ctx, async (tx) => {
      runs++;
      await tx.audit(line(name));
      await stop(tx, "40001");
    });
    const answer = failure(await refused.catch((error: unknown) => error), "req_1");
    expect(runs).toBe(4);
    expect(answer.status).toBe(409);
    expect(answer.headers.get("retry-after")).toBe("2");
    expect(await answer.json()).toMatchObject({ code: "conflict", reason: "being_changed" });
    expect(await linesNamed(name)).toBe(0);
  });

  it("is done again as a whole where a verb called another", async () => {
    const runs: string[] = [];
    await transaction(ctx, async (tx) => {
      runs.push("outer");
      await transaction({ ...ctx, tx }, async (inner) => {
        runs.push("inner");
        if (runs.length === 2) await stop(inner, "40P01");
      });
    });
    expect(runs).toEqual(["outer", "inner", "outer", "inner"]);
  });

  it("and is not done again for a fault of its own", async () => {
    let runs = 0;
    const work = async (tx: Tx) => {
      runs++;
      await stop(tx, "23505");
    };
    await expect(transaction(ctx, work)).rejects.toThrow();
    expect(runs).toBe(1);
  });
});

describe("whoever waits too long", () => {
  it("for somebody else's change is told to come back, and not that something broke", async () => {
    const { id } = await makePlainContact(tenantId);
    const answer = await withTenant(tenantId, "read write", async (db) => {
      await db.execute(sql`update contacts set locale = 'fr' where id = ${id}`);
      const waiting = transaction(ctx, async (tx) => {
        await tx.db.execute(sql`set local lock_timeout = '50ms'`);
        await touch(tx, id);
      });
      return failure(await waiting.catch((error: unknown) => error), "req_2");
    });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ reason: "being_changed" });
  });

  it("for an answer of the database is told so", async () => {
    const waiting = transaction(ctx, async (tx) => {
      await tx.db.execute(sql`set local statement_timeout = '50ms'`);
      await tx.db.execute(sql`select pg_sleep(5)`);
    });
    const answer = failure(await waiting.catch((error: unknown) => error), "req_3");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await answer.json()).toMatchObject({ code: "unavailable", reason: "took_too_long" });
  });
});

describe("a line of the log", () => {
  it("that is written early in an act holds up nobody else's act", async () => {
    const [early, other] = [`early ${uuidv7()}`, `other ${uuidv7()}`];
    await transaction(ctx, async (tx) => {
      await tx.audit(line(early));
      await transaction(ctx, (quick) => quick.audit(line(other)));
      expect(await linesNamed(other)).toBe(1);
    });
    expect(await linesNamed(early)).toBe(1);
    expect((await verifyAudit(ctx)).verdict).toBe("intact");
  });

  it("is not left by a read", async () => {
    await expect(read(ctx, (tx) => tx.audit(line("read")))).rejects.toThrow("A read leaves no line in the log.");
  });
});
