import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { makePlainContact } from "@/db/factories/contact-work";
import { asWorker } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { scoreNightDue } from "@/lib/domain/contacts/events";
import { defaultWeights } from "@/lib/domain/contacts/score-weights";
import type { TenantId } from "@/lib/kernel/tenant";
import { changeContacts, findChange } from "@/lib/services/contacts/change-contacts";
import { scoreContacts } from "@/lib/services/contacts/score-contacts";
import { undoChange as takeBack } from "@/lib/services/contacts/undo-change";
import { updateScoreModel } from "@/lib/services/contacts/update-score-model";
import { transaction } from "@/lib/services/context";
import { door, inngest, subjectOf } from "../client";
import { jobContext } from "../context";
import { type Engine, startEngine } from "../embedded/engine";
import { functions } from ".";

/** The functions about contacts on the engine that runs them, with nothing in between replaced. */
let engine: Engine;
beforeAll(async () => {
  if (!door) throw new Error("These tests are for the embedded engine.");
  engine = await startEngine({ client: inngest, door, functions, subjectOf, pollMs: 500 });
});
afterAll(() => engine.stop());

const contextOf = (tenantId: TenantId) => jobContext({ tenantId }, "test", "run_test");
const ask = <Row extends Record<string, unknown>>(tenantId: TenantId, query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read write", async (db) => [...(await db.execute<Row>(query))]);
const crowd = (tenantId: TenantId, size: number) =>
  ask(
    tenantId,
    sql`insert into contacts (tenant_uuid, id, name, phone) select ${tenantId}, gen_random_uuid(), 'Crowd', '+5093712' || n
        from generate_series(1, ${size}::int) n`,
  );

describe("a change of more than a request waits for", () => {
  it("is done by its run, which is about the change, and taken back by another", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    await crowd(tenantId, 450);
    const { id, state } = await changeContacts(ctx, { act: "tag", target: { filter: {} }, detail: { tag: "all" } });
    expect(state).toBe("waiting");
    const stateNow = async () => (await findChange(ctx, id)).state;
    await expect.poll(stateNow, { timeout: 12_000, interval: 100 }).toBe("done");
    expect(await findChange(ctx, id)).toMatchObject({ total: 450, done: 450, changed: 450 });
    const [run] = await asWorker((db) =>
      db.execute(sql`select subject_kind, subject_id from engine_runs
        where tenant_uuid = ${tenantId} and function_id = 'madan-sara-change-many-contacts'`),
    );
    expect(run).toEqual({ subject_kind: "change", subject_id: id });
    await takeBack(ctx, id);
    await expect.poll(stateNow, { timeout: 12_000, interval: 100 }).toBe("undone");
    expect(await ask(tenantId, sql`select 1 from contact_tags`)).toEqual([]);
  });
});

describe("everybody's score", () => {
  it("follows new weights, and the day is noted once everybody has theirs", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const { id } = await makePlainContact(tenantId, { phone: "+50937123456" });
    await transaction(ctx, (tx) => scoreContacts(tx, [id]));
    const fit = [{ when: { field: "phone", operator: "known" }, points: 40, says: "Gave a phone number" } as const];
    await updateScoreModel(ctx, { weights: { ...defaultWeights, fit, fitCap: 100 } });
    const scored = async () =>
      (await ask(tenantId, sql`select c.score, m.scored_day is not null as noted from contacts c, score_models m`))[0];
    await expect.poll(scored, { timeout: 12_000, interval: 100 }).toEqual({ score: 40, noted: true });
  });

  it("is computed anew on a new day", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const { id } = await makePlainContact(tenantId, { phone: "+50937123456" });
    await transaction(ctx, (tx) => scoreContacts(tx, [id]));
    await ask(tenantId, sql`update contacts set score = 99, grade = 'A'`);
    await transaction(ctx, (tx) => tx.publish(scoreNightDue, {}));
    const scored = async () => (await ask(tenantId, sql`select score, grade from contacts`))[0];
    await expect.poll(scored, { timeout: 12_000, interval: 100 }).toEqual({ score: 5, grade: "F" });
  });
});
