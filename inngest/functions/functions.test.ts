import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeKey, makeWorkspace } from "@/db/factories/access";
import { readMarks, writeMarks } from "@/db/queries/engine/marks";
import { asWorker } from "@/db/system";
import { callApi } from "@/e2e/call-api";
import { auditCheckDue } from "@/lib/domain/access/events";
import { platformTenant } from "@/lib/domain/engine/vocabulary";
import { env } from "@/lib/env";
import type { TenantId } from "@/lib/kernel/tenant";
import { transaction } from "@/lib/services/context";
import { door, inngest, subjectOf } from "../client";
import { jobContext } from "../context";
import { type Engine, startEngine } from "../embedded/engine";
import { functions } from ".";

/** The product's own functions on the engine that runs them, with nothing in between replaced. */
let engine: Engine;
let owner: postgres.Sql;

beforeAll(async () => {
  if (!door) throw new Error("These tests are for the embedded engine.");
  owner = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {} });
  engine = await startEngine({ client: inngest, door, functions, subjectOf, pollMs: 500 });
});
afterAll(async () => {
  await engine.stop();
  await owner.end();
});

type RunRow = { status: string; output: Record<string, unknown> | null; error: { message: string } | null };

async function runsOf(tenantId: string, functionId: string): Promise<RunRow[]> {
  const rows = await asWorker((db) =>
    db.execute<RunRow>(sql`
      select status, output, error from engine_runs where tenant_uuid = ${tenantId} and function_id = ${`madan-sara-${functionId}`}`),
  );
  return [...rows];
}
const endedRunOf = (tenantId: string, functionId: string) =>
  expect
    .poll(async () => (await runsOf(tenantId, functionId)).at(-1)?.status ?? "none", { timeout: 12_000, interval: 100 })
    .toMatch(/completed|failed/);
const say = (tenantId: TenantId) =>
  transaction(jobContext({ tenantId }, "test", "run_test"), (tx) => tx.publish(auditCheckDue, {}));

async function changed(tenantId: TenantId) {
  const { secret } = await makeKey(tenantId);
  await callApi("PATCH", "/api/v1/workspaces/current", { key: secret, body: { name: "Another name" } });
}

/** Makes the cron of a function due now. */
async function tick(functionId: string, cron: string) {
  const mark = { tenantId: platformTenant, kind: "cron" as const, key: `madan-sara-${functionId}:${cron}` };
  const known = await asWorker((db) => readMarks(db, [mark]));
  expect(known.size).toBe(1);
  await engine.stop();
  await asWorker((db) => writeMarks(db, [{ ...mark, at: new Date(Date.now() - 1_000) }]));
  if (door) engine = await startEngine({ client: inngest, door, functions, subjectOf, pollMs: 500 });
}

describe("the audit log's check", () => {
  it("counts the lines of a log that is as it was written", async () => {
    const { tenantId } = await makeWorkspace();
    await changed(tenantId);
    await say(tenantId);
    await endedRunOf(tenantId, "check-audit-chain");
    expect(await runsOf(tenantId, "check-audit-chain")).toMatchObject([{ status: "completed", output: { lines: 1 } }]);
  });

  it("is a failed run with the line's number where somebody wrote past the application", async () => {
    const { tenantId } = await makeWorkspace();
    await changed(tenantId);
    await owner.begin(async (tx) => {
      await tx`select set_config('app.tenant', ${tenantId}, true)`;
      await tx`alter table audit_lines disable trigger audit_lines_append_only`;
      await tx`update audit_lines set actor_name = 'Nobody' where tenant_uuid = ${tenantId}`;
      await tx`alter table audit_lines enable trigger audit_lines_append_only`;
    });
    await say(tenantId);
    await endedRunOf(tenantId, "check-audit-chain");
    const [run] = await runsOf(tenantId, "check-audit-chain");
    expect(run).toMatchObject({ status: "failed", error: { message: "Line 1 is not as it was written." } });
  });
});

it("an event of a transaction that fails is never said", async () => {
  const { tenantId } = await makeWorkspace();
  const failing = transaction(jobContext({ tenantId }, "test", "run_test"), async (tx) => {
    await tx.publish(auditCheckDue, {});
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await new Promise((done) => setTimeout(done, 700));
  expect(await runsOf(tenantId, "check-audit-chain")).toEqual([]);
});

it("an event carries its workspace and what it is about, whatever its caller says", async () => {
  const { tenantId } = await makeWorkspace();
  await say(tenantId);
  await endedRunOf(tenantId, "check-audit-chain");
  const [event] = await asWorker((db) =>
    db.execute(sql`select data, subject_kind, subject_id from engine_events where tenant_uuid = ${tenantId}`),
  );
  expect(event).toEqual({ data: { tenantId }, subject_kind: "workspace", subject_id: tenantId });
});

describe("the crons", () => {
  it("say again what nobody looked at for a day, and leave alone what was", async () => {
    const [unchecked, fresh] = [await makeWorkspace(), await makeWorkspace()];
    await changed(unchecked.tenantId);
    await changed(fresh.tenantId);
    await say(fresh.tenantId);
    await endedRunOf(fresh.tenantId, "check-audit-chain");
    await tick("sweep-waiting", "*/5 * * * *");
    await endedRunOf(unchecked.tenantId, "check-audit-chain");
    const [about] = await asWorker((db) =>
      db.execute(sql`select subject_kind, subject_id from engine_runs where tenant_uuid = ${unchecked.tenantId}`),
    );
    expect(about).toEqual({ subject_kind: "workspace", subject_id: unchecked.tenantId });
    expect(await runsOf(fresh.tenantId, "check-audit-chain")).toHaveLength(1);
  });

  it("take away old runs with their steps, and keep failed ones longer", async () => {
    const { tenantId } = await makeWorkspace();
    await asWorker((db) =>
      db.execute(sql`
        insert into engine_runs (tenant_uuid, id, function_id, status, trigger, event_name, events, sort_at, position, ended_at)
        select ${tenantId}, gen_random_uuid(), f.name, f.status, 'event', 'x', '[]', now(), 0, now() - f.days * interval '1 day'
        from (values ('madan-sara-old', 'completed', 8), ('madan-sara-young', 'completed', 6),
                     ('madan-sara-dead', 'failed', 80), ('madan-sara-long-dead', 'failed', 91)) f(name, status, days)`),
    );
    await asWorker((db) =>
      db.execute(sql`
        insert into engine_steps (tenant_uuid, run_id, id, name, kind, state)
        select tenant_uuid, id, 's', 's', 'run', 'done' from engine_runs where tenant_uuid = ${tenantId}`),
    );
    await tick("prune-runs", "23 * * * *");
    const left = async () => {
      const rows = await asWorker((db) =>
        db.execute<{ name: string }>(
          sql`select function_id as name from engine_runs where tenant_uuid = ${tenantId} order by 1`,
        ),
      );
      return rows.map(({ name }) => name);
    };
    await expect.poll(left, { timeout: 12_000 }).toEqual(["madan-sara-dead", "madan-sara-young"]);
    const steps = await asWorker((db) => db.execute(sql`select 1 from engine_steps where tenant_uuid = ${tenantId}`));
    expect(steps).toHaveLength(2);
  });
});

it("what is gathered or told apart by a key keeps workspaces apart, on either engine", () => {
  for (const fn of functions) {
    const { batchEvents, debounce, idempotency } = fn.opts as unknown as Record<
      string,
      { key?: string } | string | undefined
    >;
    for (const each of [batchEvents, debounce])
      if (typeof each === "object") expect(each.key, fn.id()).toContain("event.data.tenantId");
    if (typeof idempotency === "string") expect(idempotency, fn.id()).toContain("event.data.tenantId");
  }
});
