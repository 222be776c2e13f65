import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { openImportScene, textOf } from "@/e2e/import-scene";
import { mostProblems } from "@/lib/domain/imports/vocabulary";
import { exportProblems, listProblems } from "./list-problems";

it("rows beyond those that are kept are counted out, in the list and as the last line of the file", async () => {
  const scene = await openImportScene();
  const rows = Array.from({ length: mostProblems + 3 }, (_, at) => `p-${at},at home`);
  const { id, failed } = await scene.imported(["id,email", ...rows]);
  expect(failed).toBe(mostProblems + 3);
  expect(await listProblems(scene.owner, id, { limit: 1, skip: 0 })).toMatchObject({ missing: 3 });
  const lines = (await textOf(await exportProblems(scene.owner, id))).trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + mostProblems + 1);
  expect(lines.at(-1)).toBe(
    ",,,3 more rows could not be taken in and are not kept here. Bring the whole file again to see them.",
  );
  // Where all of them are kept nothing is said.
  await scene.ask(sql`update imports set failed = ${mostProblems} where id = ${id}`);
  expect(await listProblems(scene.owner, id, { limit: 1, skip: 0 })).toMatchObject({ missing: 0 });
  expect((await textOf(await exportProblems(scene.owner, id))).trimEnd().split("\r\n")).toHaveLength(1 + mostProblems);
});
