import { beforeEach, describe, expect, it } from "vitest";
import { makePlainContact } from "@/db/factories/contact-work";
import { type ImportScene, openImportScene } from "@/e2e/import-scene";
import { jobContext } from "@/inngest/context";
import { erasePerson } from "../privacy/erase-person";
import { createExport } from "./create-export";
import { downloadExport } from "./export-files";
import { exportPortion } from "./export-portion";
import { findExport } from "./list-exports";

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});

async function exported(): Promise<string> {
  const { id } = await createExport(scene.owner, { columns: ["name"] });
  await exportPortion(jobContext({ tenantId: scene.tenantId }, "run-export", "run_test"), id);
  return id;
}

describe("a file of contacts that goes because somebody was erased", () => {
  it("says so where it is listed and where it is asked for", async () => {
    const { id: person } = await makePlainContact(scene.tenantId, { name: "Mirlande" });
    const id = await exported();
    await erasePerson(scene.owner, person, {});
    const failure = "Somebody who may stand in it was erased. Export again.";
    expect(await findExport(scene.owner, id)).toMatchObject({ state: "expired", failure });
    await expect(downloadExport(scene.owner, id)).rejects.toMatchObject({
      message: failure,
      details: { reason: "export_expired" },
    });
  });

  it("breaks a download off that is going on, and does not let it end as if it were whole", async () => {
    const { id: person } = await makePlainContact(scene.tenantId, { name: "Mirlande" });
    const id = await exported();
    const { chunks } = await downloadExport(scene.owner, id);
    const reader = chunks[Symbol.asyncIterator]();
    expect(Buffer.from((await reader.next()).value ?? "").toString("utf8")).toBe("\ufeffname\r\n");
    await erasePerson(scene.owner, person, {});
    await expect(reader.next()).rejects.toMatchObject({ code: "conflict" });
  });
});
