import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { type ImportScene, openImportScene, textOf } from "@/e2e/import-scene";
import { uuidv7 } from "@/lib/kernel/ids";
import { checkAddress } from "../consent/list-suppressions";
import { createContact } from "../contacts/create-contact";
import { erasePerson } from "../privacy/erase-person";
import { exportProblems, listProblems } from "./list-problems";
import { previewImport } from "./preview-import";
import { startImport } from "./start-import";

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});

const heading = "id,name,email,consent email,note";
const isStopped = async (address: string) =>
  (await checkAddress(scene.owner, { address, channel: "email" })).isSuppressed;
const standing = () =>
  scene.ask(sql`select c.external_id as key, s.state from consent_states s
    join contacts c on c.tenant_uuid = s.tenant_uuid and c.id = s.contact_id order by 1`);

describe("two rows of one person in a file", () => {
  it.each([
    ["before a yes", "no", "yes"],
    ["behind a yes", "yes", "no"],
    ["before a row that says nothing", "no", ""],
  ])("keep a no that stands %s", async (_, first, second) => {
    const rows = [`a,Ana,a@example.test,${first},`, `a,Ana,a@example.test,${second},`];
    const consent = { channels: ["email" as const], source: "The fair of May 2026" };
    await scene.imported([heading, ...rows], { options: { consent } });
    expect(await standing()).toEqual([{ key: "a", state: "denied" }]);
    expect(await isStopped("a@example.test")).toBe(true);
  });

  it("keep a yes that only one of them says, and the notes of both", async () => {
    await scene.imported([heading, "a,Ana,a@example.test,yes,Likes twal", "a,Ana,a@example.test,,Pays late"]);
    expect(await standing()).toEqual([{ key: "a", state: "granted" }]);
    expect(await scene.ask(sql`select text from notes order by text`)).toEqual([
      { text: "Likes twal" },
      { text: "Pays late" },
    ]);
  });
});

describe("a file that leaves known people as they are", () => {
  it("takes down their no all the same, and nothing else, and gives it back", async () => {
    await scene.imported([heading, "a,Ana,a@example.test,,", "b,Bo,b@example.test,,"]);
    const rows = ["a,Other,a@example.test,no,Never", "b,Other,b@example.test,yes,Never"];
    const done = await scene.imported([heading, ...rows], { policy: "skip" });
    expect(done).toMatchObject({ created: 0, updated: 0, skipped: 2 });
    expect(await standing()).toEqual([{ key: "a", state: "denied" }]);
    expect([await isStopped("a@example.test"), await isStopped("b@example.test")]).toEqual([true, false]);
    expect(await scene.ask(sql`select name from contacts order by name`)).toEqual([{ name: "Ana" }, { name: "Bo" }]);
    expect(await scene.ask(sql`select 1 from notes`)).toEqual([]);
    await scene.undone(done.id);
    expect(await isStopped("a@example.test")).toBe(false);
  });
});

describe("a row that could be read and not written", () => {
  it("names the column that is at fault, in the preview as in the list of problems", async () => {
    const accounts = "id,name,instagram,facebook";
    await scene.imported([accounts, "a,Ana,ana,", "b,Bo,,bo.fb"]);
    const rows = [accounts, "a,Ana,,bo.fb", "c,Cé,,"];
    const [row] = (await previewImport(scene.owner, await scene.upload(rows), {})).rows;
    expect(row?.problems).toEqual([expect.stringMatching(/^facebook: belongs to con_\w+ already\.$/)]);
    const { id } = await scene.imported(rows);
    const { items } = await listProblems(scene.owner, id, { limit: 10, skip: 0 });
    expect(items).toMatchObject([
      { row: 2, field: "facebook", problem: expect.stringMatching(/^facebook: belongs to con_\w+ already\.$/) },
    ]);
  });

  it("names the second of two columns of accounts, though the first has two accounts in its cell", async () => {
    const accounts = "id,name,instagram,facebook";
    await scene.imported([accounts, "a,Ana,,", "b,Bo,,bo.fb"]);
    const { id } = await scene.imported([accounts, "a,Ana,ana; ana.shop,bo.fb"]);
    const { items } = await listProblems(scene.owner, id, { limit: 10, skip: 0 });
    expect(items).toMatchObject([{ row: 2, field: "facebook" }]);
  });
});

describe("a row of somebody who was erased", () => {
  it("is told by its number and the reason, and nothing that stood in it is kept", async () => {
    const { id: gone } = await createContact(scene.owner, { email: "gone@example.test", name: "Gone" });
    await erasePerson(scene.owner, gone, {});
    const heading = "id,name,email,stage";
    const rows = [
      "g,Gilbert,Gone@example.test,lead",
      "h,Gilbert,gone@example.test,at home",
      "i,Gilbert,gone@example.test,lead,too,many",
      "k,Kept,kept@example.test,at home",
    ];
    const { id } = await scene.imported([heading, ...rows]);
    const kept = await scene.ask<{ line: string }>(sql`select to_jsonb(p)::text as line from import_problems p`);
    expect(kept.map(({ line }) => line).join("\n")).not.toMatch(/gone@|Gilbert/i);
    const { items } = await listProblems(scene.owner, id, { limit: 10, skip: 0 });
    expect(items.map(({ row, cells }) => [row, cells.length])).toEqual([
      [2, 0],
      [3, 0],
      [4, 0],
      [5, 4],
    ]);
    expect(items.slice(0, 3).every(({ problem }) => problem.includes("was erased at their own request"))).toBe(true);
    const file = await textOf(await exportProblems(scene.owner, id));
    expect(file.split("\r\n")[1]).toMatch(/^,,,,2,email: This person was erased .+\.$/);
  });

  it("goes by its external id from the column of ids, and from no other", async () => {
    const heading = "name,stage,id";
    const { id: person } = await createContact(scene.owner, { externalId: "1", name: "Gone" });
    await scene.imported([heading, "One,at home,1", "Other,1,x"]);
    expect(await scene.ask(sql`select 1 from import_problems`)).toHaveLength(2);
    const erasure = await erasePerson(scene.owner, person, {});
    expect(erasure.removed).toMatchObject({ import_problems: 1 });
    expect(await scene.ask(sql`select cells from import_problems`)).toEqual([{ cells: ["Other", "1", "x"] }]);
  });
});

describe("a phone that several people share", () => {
  const heading = "name,email,phone";
  const people = () => scene.ask(sql`select name, email from contacts order by name`);

  it("does not make one of two people with e-mail addresses of their own", async () => {
    await scene.imported([heading, "Marie,marie@example.test,+50934123456"]);
    const rows = ["Jean,jean@example.test,+50934123456", "Anne,anne@example.test,+50934123456"];
    expect(await scene.imported([heading, ...rows])).toMatchObject({ created: 2, updated: 0 });
    expect(await people()).toEqual([
      { name: "Anne", email: "anne@example.test" },
      { name: "Jean", email: "jean@example.test" },
      { name: "Marie", email: "marie@example.test" },
    ]);
  });

  it("finds whoever is known there without an e-mail address, once", async () => {
    await scene.imported([heading, "Marie,marie@example.test,+50934123456"]);
    await scene.imported([heading, "Jean,,+50934123456"], { policy: "create" });
    const rows = ["Jean,jean@example.test,+50934123456", "Anne,anne@example.test,+50934123456"];
    expect(await scene.imported([heading, ...rows])).toMatchObject({ created: 1, updated: 1 });
    expect(await people()).toMatchObject([
      { name: "Anne" },
      { name: "Jean", email: "jean@example.test" },
      { name: "Marie" },
    ]);
  });

  it("still finds them by the phone alone, where that is what was chosen", async () => {
    await scene.imported([heading, "Marie,marie@example.test,+50934123456"]);
    const rows = ["Marie,new@example.test,+50934123456"];
    expect(await scene.imported([heading, ...rows], { options: { match: ["phone"] } })).toMatchObject({ updated: 1 });
    expect(await people()).toEqual([{ name: "Marie", email: "new@example.test" }]);
  });
});

it("what a file says of consent is noted under the name of who started it, not of who brought it", async () => {
  const id = await scene.upload([heading, "a,Ana,a@example.test,yes,"]);
  const actor = { ...scene.owner.actor, id: uuidv7(), name: "Béa" } as typeof scene.owner.actor;
  await startImport({ ...scene.owner, actor }, id);
  await scene.run(id);
  expect(await scene.ask(sql`select actor_name as name from consents`)).toEqual([{ name: "Béa" }]);
});
