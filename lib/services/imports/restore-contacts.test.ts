import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { makeSegment } from "@/db/factories/segments";
import { type ImportScene, openImportScene } from "@/e2e/import-scene";
import { checkAddress } from "../consent/list-suppressions";
import { erasePerson } from "../privacy/erase-person";
import { retain } from "../privacy/retention";

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});

const heading = "id,name,email,consent email";
const thirtyOneDays = sql`now() - interval '31 days'`;
const isStopped = async (address: string) =>
  (await checkAddress(scene.owner, { address, channel: "email" })).isSuppressed;

describe("taking an import back, when its time is nearly over or past", () => {
  it("keeps a no that another file said of somebody whom it made", async () => {
    const made = await scene.imported([heading, "a,Ana,a@example.test,", "b,Bo,b@example.test,"]);
    await scene.imported([heading, "a,Ana,a@example.test,no"]);
    // What the other file changed is forgotten by then; that it said no is not.
    await scene.ask(sql`delete from change_rows`);
    expect((await scene.undone(made.id)).undone).toEqual({ removed: 1, restored: 0, kept: 1 });
    expect(await isStopped("a@example.test")).toBe(true);
  });

  it.each([
    ["noted what people agreed to", () => ({}), "a,Ana,a@example.test,yes"],
    ["put people on a list", (segmentId: string) => ({ options: { segmentId } }), "a,Ana,a@example.test,"],
  ])("is refused where it only %s", async (_, changes, row) => {
    const { id: listId } = await makeSegment(scene.tenantId);
    await scene.imported([heading, "a,Ana,a@example.test,"]);
    const { id, updated } = await scene.imported([heading, row], changes(listId));
    expect(updated).toBe(0);
    await scene.ask(sql`update imports set started_at = ${thirtyOneDays} where id = ${id}`);
    await scene.ask(sql`update change_rows set created_at = ${thirtyOneDays} where change_id = ${id}`);
    expect(await retain({ ...scene.owner, actor: { kind: "job", name: "retain" } }, "change_snapshots")).toBe(1);
    await expect(scene.undone(id)).rejects.toMatchObject({ code: "conflict", details: { reason: "too_old" } });
  });

  it("is refused where half of what people were before is forgotten, and goes on where there was nothing to forget", async () => {
    await scene.imported([heading, "a,Ana,a@example.test,", "b,Bo,b@example.test,"]);
    const { id } = await scene.imported([heading, "a,Other,a@example.test,", "b,Other,b@example.test,"]);
    const { id: plain } = await scene.imported(["id,name", "a,Other", "n,New"]);
    await scene.ask(sql`update imports set started_at = ${thirtyOneDays}`);
    await scene.ask(sql`delete from change_rows where contact_id = ${await scene.idOf("a")}`);
    await expect(scene.undone(id)).rejects.toMatchObject({ details: { reason: "too_old" } });
    expect(await scene.ask(sql`select name from contacts where external_id = 'b'`)).toEqual([{ name: "Other" }]);
    expect((await scene.undone(plain)).undone).toMatchObject({ removed: 1 });
  });
});

it("an erasure after an undo still knows the addresses that the import had given", async () => {
  const heading = "id,name,email,phone,instagram";
  await scene.imported([heading, "a,Ana,old@example.test,,"]);
  const { id } = await scene.imported([heading, "a,Ana,imported@example.test,+50934123499,ana.imported"]);
  expect((await scene.undone(id)).undone).toMatchObject({ restored: 1 });
  const person = await scene.idOf("a");
  expect(await scene.ask(sql`select email, phone from contacts where id = ${person}`)).toEqual([
    { email: "old@example.test", phone: null },
  ]);
  await erasePerson(scene.owner, person, {});
  const isErased = async (address: string, channel: "*" | "instagram" = "*") =>
    (await checkAddress(scene.owner, { address, channel })).items.some(({ reason }) => reason === "erasure");
  expect([await isErased("imported@example.test"), await isErased("+50934123499")]).toEqual([true, true]);
  expect(await isErased("ana.imported", "instagram")).toBe(true);
});
