import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { makePlainContact } from "@/db/factories/contact-work";
import { makeExport, makeImport } from "@/db/factories/imports";
import { makeSegment } from "@/db/factories/segments";
import { withTenant } from "@/db/tenant";
import { type EngineScene, openEngineScene } from "@/e2e/engine-scene";
import { ownerOf } from "@/e2e/owner-of";
import { exportRequested } from "@/lib/domain/imports/events";
import type { Export } from "@/lib/domain/imports/shapes";
import { segmentsStale } from "@/lib/domain/segments/events";
import type { TenantId } from "@/lib/kernel/tenant";
import { addMs, dayMs, minuteMs } from "@/lib/kernel/time";
import { changeContacts, findChange } from "@/lib/services/contacts/change-contacts";
import { undoChange } from "@/lib/services/contacts/undo-change";
import { type Context, transaction } from "@/lib/services/context";
import { createExport } from "@/lib/services/imports/create-export";
import { downloadExport } from "@/lib/services/imports/export-files";
import { findImport } from "@/lib/services/imports/find-import";
import { findExport } from "@/lib/services/imports/list-exports";
import { requestUndo } from "@/lib/services/imports/request-undo";
import { startImport } from "@/lib/services/imports/start-import";
import { uploadFile } from "@/lib/services/imports/upload-file";
import { requestPersonExport } from "@/lib/services/privacy/export-person";

/** Exports, the files that go by themselves, and the sweep that finds what was lost, on the engine that runs them. */
let scene: EngineScene;
let tenantId: TenantId;
let ctx: Context;

beforeAll(async () => {
  scene = await openEngineScene("madan_sara_files");
  await scene.start();
}, 120_000);
afterAll(() => scene?.close());
beforeEach(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  ctx = ownerOf(tenantId);
});

const ask = (query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read only", async (db) => [...(await db.execute(query))]);
const crowd = (size: number, stage: string, of = tenantId) =>
  withTenant(of, "read write", (db) =>
    db.execute(sql`insert into contacts (tenant_uuid, id, external_id, name, stage)
      select ${of}, gen_random_uuid(), ${stage} || '-' || n, 'Crowd ' || n, ${stage} from generate_series(1, ${size}::int) n`),
  );
async function ended(id: string): Promise<Export> {
  const isGoing = async () => ["waiting", "running"].includes((await findExport(ctx, id)).state);
  await expect.poll(isGoing, { timeout: 12_000, interval: 50 }).toBe(false);
  return findExport(ctx, id);
}
async function textOf(id: string): Promise<string> {
  const { chunks } = await downloadExport(ctx, id);
  let text = "";
  for await (const chunk of chunks) text += Buffer.from(chunk).toString("utf8");
  return text;
}
const piecesOf = (id: string) => ask(sql`select seq from file_pieces where file_id = ${id} order by seq`);

describe("an export", () => {
  const columns = ["external_id" as const, "name" as const];

  it("holds exactly whom the filter finds, each once, though it was asked for twice and cut off in between", async () => {
    await crowd(2_600, "customer");
    await crowd(40, "lead");
    await makePlainContact(tenantId, { externalId: "customer-x", stage: "customer", name: "=1+1" });
    await scene.stop();
    const { id } = await createExport(ctx, { filter: { stage: "customer" }, columns });
    await transaction(ctx, (tx) => tx.publish(exportRequested, { exportId: id }));
    // The second piece waits behind this one until its connection is cut.
    const { admin } = scene;
    const holder = await admin.reserve();
    await holder`begin`;
    await holder`insert into file_pieces (tenant_uuid, file_id, seq, bytes) values (${tenantId}, ${id}, 2501, '')`;
    await scene.start();
    const cut = async () =>
      (
        await admin`select pg_terminate_backend(pid) from pg_stat_activity
          where wait_event_type = 'Lock' and query ilike 'insert into "file_pieces"%'`
      ).length;
    await expect.poll(cut, { timeout: 12_000, interval: 20 }).toBe(1);
    await holder`rollback`;
    holder.release();

    expect(await ended(id)).toMatchObject({ state: "done", done: 2_601, rows: 2_601, failure: null });
    const lines = (await textOf(id)).trimEnd().split("\r\n");
    expect(lines[0]).toBe("\ufeffexternal_id,name");
    expect(new Set(lines.slice(1).map((line) => line.split(",")[0])).size).toBe(2_601);
    expect(lines).toHaveLength(2_602);
    expect(lines.filter((line) => line.startsWith("lead"))).toEqual([]);
    expect(lines).toContain("customer-x,'=1+1");
    const runs = async () => (await scene.runs(tenantId, "run-export")).map(({ status }) => status);
    await expect.poll(runs, { timeout: 8_000 }).toEqual(["completed", "completed"]);
    expect(await piecesOf(id)).toHaveLength(3);
  });

  it("that cannot be written says so in a sentence, and keeps no half of it", async () => {
    await crowd(2_600, "customer");
    const { admin } = scene;
    await admin.unsafe(`create function refuse_piece() returns trigger language plpgsql as
      $$ begin raise exception 'No room for % bytes', length(new.bytes); end $$`);
    await admin.unsafe(`create trigger refuse_piece before insert on file_pieces for each row
      when (new.seq > 1) execute function refuse_piece()`);
    try {
      const { id } = await createExport(ctx, { columns });
      const failed = await ended(id);
      expect(failed).toMatchObject({
        state: "failed",
        failure: "The file could not be written, though it was tried several times.",
        endedAt: expect.any(Date),
      });
      expect(await piecesOf(id)).toEqual([]);
      await expect(downloadExport(ctx, id)).rejects.toMatchObject({ details: { reason: "export_failed" } });
    } finally {
      await admin`drop function refuse_piece cascade`;
    }
  });
});

describe("old files", () => {
  it("go when their time is over, and those whose time is not stay", async () => {
    const ago = (ms: number) => addMs(new Date(), -ms);
    const expired = await makeExport(tenantId, { createdAt: ago(dayMs + minuteMs) });
    const failed = await makeExport(tenantId, { createdAt: ago(dayMs + minuteMs), state: "failed" });
    const young = await makeExport(tenantId, { createdAt: ago(dayMs - minuteMs) });
    const broken = await makeImport(tenantId, { state: "uploading", createdAt: ago(dayMs + minuteMs) });
    const onItsWay = await makeImport(tenantId, { state: "uploading", createdAt: ago(dayMs - minuteMs) });
    await makeImport(tenantId, { createdAt: ago(7 * dayMs + minuteMs) });
    const waiting = await makeImport(tenantId, { createdAt: ago(7 * dayMs - minuteMs) });
    const served = await makeImport(tenantId, { state: "done", createdAt: ago(30 * dayMs) });
    await scene.tick("sweep-files");
    const isOver = async () => (await ask(sql`select 1 from imports where id = ${broken.id}`)).length === 0;
    await expect.poll(isOver, { timeout: 12_000, interval: 50 }).toBe(true);
    const states = async () =>
      Object.fromEntries((await ask(sql`select id, state from exports`)).map(({ id, state }) => [id, state]));
    await expect
      .poll(states, { timeout: 12_000, interval: 50 })
      .toEqual({ [expired.id]: "expired", [failed.id]: "expired", [young.id]: "done" });
    const ids = (await ask(sql`select id from imports`)).map(({ id }) => id).sort();
    expect(ids).toEqual([onItsWay.id, waiting.id, served.id].sort());
    const kept = (await ask(sql`select distinct file_id as id from file_pieces`)).map(({ id }) => id).sort();
    expect(kept).toEqual([young.id, onItsWay.id, waiting.id, served.id].sort());
    await expect(downloadExport(ctx, expired.id)).rejects.toMatchObject({ details: { reason: "export_expired" } });
  });
});

describe("work whose event was lost", () => {
  async function* whole(text: string) {
    yield Buffer.from(text);
  }
  async function started(of: Context, key: string): Promise<string> {
    const { id } = await uploadFile(of, { fileName: "kliyan.csv" }, whole(`id,name\r\n${key},Ana\r\n`));
    await startImport(of, id);
    return id;
  }

  /** What the engine has done already, to be taken back later. */
  async function prepare(of: Context) {
    await crowd(450, "lead", of.tenantId);
    const file = await started(of, "undo-me");
    const tagged = await changeContacts(of, { act: "tag", target: { filter: {} }, detail: { tag: "all" } });
    await expect.poll(async () => (await findImport(of, file)).state, { timeout: 12_000 }).toBe("done");
    await expect.poll(async () => (await findChange(of, tagged.id)).state, { timeout: 12_000 }).toBe("done");
    return { file, tagged: tagged.id };
  }

  /** One of each kind of work as its verb leaves it, and answers how they stand. */
  async function begin(of: Context, { file, tagged }: { file: string; tagged: string }) {
    const { id: contactId } = await makePlainContact(of.tenantId);
    await makeSegment(of.tenantId, { rules: { field: "score", operator: "over", value: 60 } });
    await requestUndo(of, file);
    await undoChange(of, tagged);
    const running = await started(of, "take-me");
    const staging = { act: "stage", target: { filter: {} }, detail: { stage: "customer" } } as const;
    const staged = await changeContacts(of, staging);
    const contacts = await createExport(of, {});
    const person = await requestPersonExport(of, contactId);
    return async () => ({
      imported: (await findImport(of, running)).state,
      undone: (await findImport(of, file)).state,
      changed: (await findChange(of, staged.id)).state,
      changedBack: (await findChange(of, tagged)).state,
      exported: (await findExport(of, contacts.id)).state,
      exportedPerson: (await findExport(of, person.id)).state,
    });
  }

  it("is done all the same once it has stood still for two minutes, and not before", async () => {
    const { admin } = scene;
    const other = ownerOf((await makeWorkspace()).tenantId);
    const [own, young] = [await prepare(ctx), await prepare(other)];
    await scene.stop();
    const [old, fresh] = [await begin(ctx, own), await begin(other, young)];
    await admin`delete from event_outbox`;
    await admin`update score_models set scored_day = scored_day - 1 where tenant_uuid = ${tenantId}`;
    const age = async (of: TenantId, seconds: number) => {
      for (const table of ["imports", "exports", "bulk_changes"])
        await admin`update ${admin(table)} set updated_at = now() - ${seconds} * interval '1 second'
          where tenant_uuid = ${of} and ended_at is null or state = 'undoing' and tenant_uuid = ${of}`;
    };
    await age(tenantId, 125);
    await age(other.tenantId, 60);
    const asked = { imported: "running", undone: "undoing", changed: "waiting", changedBack: "undoing" };
    const waiting = { ...asked, exported: "waiting", exportedPerson: "waiting" };
    expect([await old(), await fresh()]).toMatchObject([waiting, waiting]);
    await scene.tick("sweep-waiting");
    const ended = { imported: "done", undone: "undone", changed: "done", changedBack: "undone" };
    await expect
      .poll(old, { timeout: 14_000, interval: 100 })
      .toEqual({ ...ended, exported: "done", exportedPerson: "done" });
    expect(await fresh()).toMatchObject(waiting);
    // These go by the day, and nothing of the kind has been done here within one.
    const daily = ["check-audit-chain", "retain", "score-everybody"];
    const done = async () => {
      const runs = await Promise.all(daily.map((functionId) => scene.runs(tenantId, functionId)));
      return runs.map((own) => own.map(({ status }) => status));
    };
    await expect.poll(done, { timeout: 12_000, interval: 100 }).toEqual(daily.map(() => ["completed"]));
    // Members are found a minute later, once for all that is said of a workspace until then.
    const said =
      await admin`select name from engine_events where tenant_uuid = ${tenantId} and name = ${segmentsStale.name}`;
    expect(said).toHaveLength(1);
  }, 60_000);
});
