import { sql } from "drizzle-orm";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { makePlainContact } from "@/db/factories/contact-work";
import { makeExport, makeImport, makeProblem } from "@/db/factories/imports";
import { makeSegment } from "@/db/factories/segments";
import { withTenant } from "@/db/tenant";
import { type EngineScene, openEngineScene } from "@/e2e/engine-scene";
import { ownerOf } from "@/e2e/owner-of";
import { makeReachablePerson } from "@/e2e/reachable-person";
import { personExportRequested, retentionDue } from "@/lib/domain/privacy/events";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { addMs, dayMs } from "@/lib/kernel/time";
import { type Context, transaction } from "@/lib/services/context";
import { downloadExport } from "@/lib/services/imports/export-files";
import { findExport } from "@/lib/services/imports/list-exports";
import { erasePerson } from "@/lib/services/privacy/erase-person";
import { requestPersonExport } from "@/lib/services/privacy/export-person";
import { saveRetention } from "@/lib/services/privacy/retention";

/** A person's own file, and what goes because it is too old, on the engine that runs them. */
let scene: EngineScene;
let tenantId: TenantId;
let ctx: Context;

beforeAll(async () => {
  scene = await openEngineScene("madan_sara_privacy");
  await scene.start();
}, 120_000);
afterAll(() => scene?.close());
beforeEach(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  ctx = ownerOf(tenantId);
});

const statuses = async (functionId: string) => (await scene.runs(tenantId, functionId)).map(({ status }) => status);
const isOver = (functionId: string, runs = 1) =>
  expect.poll(() => statuses(functionId), { timeout: 12_000, interval: 50 }).toEqual(Array(runs).fill("completed"));
const pieces = async (id: string) => (await scene.admin`select 1 from file_pieces where file_id = ${id}`).length;

describe("a person's own file", () => {
  it("is there once, with their rows in it, however often it was asked to be written", async () => {
    const { id, email } = await makeReachablePerson(tenantId, { name: "Mirlande Augustin" });
    await makeReachablePerson(tenantId, { name: "Somebody Else" });
    const made = await requestPersonExport(ctx, id);
    await transaction(ctx, (tx) => tx.publish(personExportRequested, { exportId: made.id }));
    await isOver("export-person", 2);
    const { chunks } = await downloadExport(ctx, made.id);
    const bytes: Uint8Array[] = [];
    for await (const chunk of chunks) bytes.push(chunk);
    const file = new TextDecoder().decode(unzipSync(Buffer.concat(bytes))["data.json"]);
    expect(JSON.parse(file).contacts).toMatchObject([{ email, name: "Mirlande Augustin" }]);
    expect(file).not.toContain("Somebody Else");
    expect(await findExport(ctx, made.id)).toMatchObject({ state: "done", bytes: Buffer.concat(bytes).length });
  });

  it("of somebody who went meanwhile is not written, and says so; of somebody erased nothing stays at all", async () => {
    const [gone, erased] = [await makeReachablePerson(tenantId), await makeReachablePerson(tenantId)];
    await scene.stop();
    const ofGone = await requestPersonExport(ctx, gone.id);
    const ofErased = await requestPersonExport(ctx, erased.id);
    // Gone without its own verb, which takes the file along: as when two of them meet.
    await scene.admin`delete from contacts where id = ${gone.id}`;
    await erasePerson(ctx, erased.id, {});
    await scene.start();
    await isOver("export-person", 2);
    expect(await findExport(ctx, ofGone.id)).toMatchObject({
      state: "failed",
      failure: "The person is not here any more.",
    });
    await expect(findExport(ctx, ofErased.id)).rejects.toMatchObject({ code: "not_found" });
    expect([await pieces(ofGone.id), await pieces(ofErased.id)]).toEqual([0, 0]);
  });

  it("that cannot be written says so, and keeps no half of it", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const { admin } = scene;
    await admin.unsafe(`create function refuse_file() returns trigger language plpgsql as
      $$ begin raise exception 'No room for it'; end $$`);
    await admin.unsafe(
      `create trigger refuse_file before insert on file_pieces for each row execute function refuse_file()`,
    );
    try {
      const made = await requestPersonExport(ctx, id);
      await expect.poll(async () => (await findExport(ctx, made.id)).state, { timeout: 12_000 }).toBe("failed");
      const { failure } = await findExport(ctx, made.id);
      expect(failure).toBe("The file could not be written, though it was tried several times.");
      expect(await pieces(made.id)).toBe(0);
    } finally {
      await admin`drop function refuse_file cascade`;
    }
  });
});

describe("what is too old", () => {
  const ago = (days: number) => addMs(new Date(), -days * dayMs);

  /** Of every class one row on either side of its limit, in days; answers what is there, by table. */
  async function fill(of: TenantId) {
    const { id: contactId } = await makePlainContact(of);
    const { id: segmentId } = await makeSegment(of);
    for (const days of [10, 8]) {
      await makeImport(of, { state: "done", createdAt: ago(days) });
      await makeImport(of, { state: "running", createdAt: ago(days) });
      await makeExport(of, { state: "expired", createdAt: ago(days) });
      const { id: importId } = await makeImport(of, {
        state: "done",
        text: "A,a@example.test\r\n",
        createdAt: ago(days),
      });
      await makeProblem(of, importId);
      const at = ago(days).toISOString();
      await withTenant(of, "read write", async (db) => {
        await db.execute(sql`update import_problems set created_at = ${at} where import_id = ${importId}`);
        await db.execute(sql`insert into score_changes (tenant_uuid, contact_id, day, score, grade, reasons)
          values (${of}, ${contactId}, ${at}::date, 10, 'F', '[]')`);
        await db.execute(sql`insert into segment_members (tenant_uuid, segment_id, contact_id, entered_at, left_at)
          values (${of}, ${segmentId}, ${contactId}, ${ago(days + 1).toISOString()}, ${at})`);
        await db.execute(sql`insert into change_rows (tenant_uuid, change_id, contact_id, before, created_at)
          values (${of}, ${uuidv7()}, ${contactId}, '{}', ${at})`);
      });
    }
    await withTenant(of, "read write", (db) =>
      db.execute(sql`insert into segment_members (tenant_uuid, segment_id, contact_id, entered_at)
        values (${of}, ${segmentId}, ${contactId}, ${ago(400).toISOString()})`),
    );
  }
  const tables = [
    "change_rows",
    "exports",
    "file_pieces",
    "import_problems",
    "imports",
    "score_changes",
    "segment_members",
  ];
  async function kept(of: TenantId): Promise<Record<string, number>> {
    const counts = tables.map(async (table) => {
      const [row] = await scene.admin<{ count: number }[]>`
        select count(*)::int as count from ${scene.admin(table)} where tenant_uuid = ${of}`;
      return [table, row?.count ?? 0] as const;
    });
    return Object.fromEntries(await Promise.all(counts));
  }
  const classes = ["import_files", "exports", "score_history", "segment_history", "change_snapshots"] as const;
  const nineDays = { rules: classes.map((dataClass) => ({ dataClass, days: 9 })) };

  it("goes by its class's rule, in this workspace only, with a proof, and nothing else goes", async () => {
    const other = (await makeWorkspace()).tenantId;
    for (const of of [tenantId, other]) await fill(of);
    const before = await kept(other);
    expect(await kept(tenantId)).toEqual(before);
    await saveRetention(ctx, nineDays);
    for (let again = 0; again < 2; again++) await transaction(ctx, (tx) => tx.publish(retentionDue, {}));
    await isOver("retain", 2);
    expect(await kept(tenantId)).toEqual({
      ...before,
      change_rows: 1,
      exports: 1,
      // Of both young files, and of both that are still being taken in.
      file_pieces: 4,
      import_problems: 1,
      score_changes: 1,
      // The stay that ended later, and the one that has not ended.
      segment_members: 2,
    });
    expect(await kept(other)).toEqual(before);
    const proofs =
      await scene.admin`select data_class, removed from retention_runs where tenant_uuid = ${tenantId} order by 1`;
    expect(proofs).toMatchObject([
      { data_class: "change_snapshots", removed: 1 },
      { data_class: "exports", removed: 1 },
      { data_class: "import_files", removed: 3 },
      { data_class: "score_history", removed: 1 },
      { data_class: "segment_history", removed: 1 },
    ]);
    // Whichever of the two came first took all of it, and the other found nothing.
    const outputs = (await scene.runs(tenantId, "retain")).map(({ output }) => output);
    expect(outputs).toHaveLength(2);
    expect(outputs).toContainEqual({ ...Object.fromEntries(classes.map((name) => [name, 1])), import_files: 3 });
    expect(outputs).toContainEqual(Object.fromEntries(classes.map((name) => [name, 0])));
  });

  it("waits until the file of an export is gone, so that nothing of it is left without a name", async () => {
    const { id } = await makeExport(tenantId, { createdAt: ago(10) });
    const states = () => scene.admin`select state from exports where id = ${id}`;
    await saveRetention(ctx, { rules: [{ dataClass: "exports", days: 9 }] });
    await transaction(ctx, (tx) => tx.publish(retentionDue, {}));
    await isOver("retain");
    expect(await states()).toEqual([{ state: "done" }]);
    await scene.tick("sweep-files");
    await expect.poll(states, { timeout: 12_000, interval: 50 }).toEqual([{ state: "expired" }]);
    expect(await pieces(id)).toBe(0);
    await transaction(ctx, (tx) => tx.publish(retentionDue, {}));
    await isOver("retain", 2);
    expect(await states()).toEqual([]);
  });
});
