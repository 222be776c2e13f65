import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { Inngest } from "inngest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asWorker } from "@/db/system";
import { uuidv7 } from "@/lib/kernel/ids";
import { readKnown } from "./config";
import { silent } from "./conformance/embedded-stage";
import { embeddedDoor } from "./door";
import { type Engine, startEngine } from "./engine";
import { errorOf } from "./protocol";

const run = randomBytes(4).toString("hex");
const [tenantId, other] = [uuidv7(), uuidv7()];
const door = embeddedDoor();
const client = new Inngest({ id: `walls-${run}`, ...door.clientOptions, logger: silent });
const child = client.createFunction(
  { id: "child", triggers: [{ event: `child.${run}` }], retries: 0 },
  async ({ event }) => event.data.tenantId,
);
const parent = client.createFunction(
  { id: "parent", triggers: [{ event: `parent.${run}` }], retries: 0 },
  async ({ step }) => {
    const own = await step.invoke("own", { function: child, data: {} });
    const foreign = await step
      .invoke("foreign", { function: child, data: { tenantId: other } })
      .catch((e) => e.message);
    return { own, foreign };
  },
);
const sender = client.createFunction(
  { id: "sender", triggers: [{ event: `sender.${run}` }], retries: 0 },
  async ({ step }) => {
    await step.run("both", async () => {
      await client.send({ name: `one.${run}`, data: { tenantId } });
      await client.send({ name: `two.${run}`, data: { tenantId } });
    });
  },
);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ client, door, functions: [child, parent, sender], pollMs: 300 });
});
afterAll(() => engine.stop(1_000));

it("a function is invoked for the workspace of its caller, whatever the data says", async () => {
  await client.send({ name: `parent.${run}`, data: { tenantId } });
  const output = async () => {
    const rows = await asWorker((db) =>
      db.execute<{ output: { own: string; foreign: string } | null }>(sql`
        select output from engine_runs where function_id = ${`walls-${run}-parent`}`),
    );
    return rows[0]?.output ?? null;
  };
  await expect.poll(output, { timeout: 10_000 }).toMatchObject({ own: tenantId });
  expect((await output())?.foreign).toContain("for the workspace of its caller");
});

it("two events that one step sends are two", async () => {
  await client.send({ name: `sender.${run}`, data: { tenantId } });
  const names = async () => {
    const rows = await asWorker((db) =>
      db.execute<{ name: string }>(sql`
        select name from engine_events where tenant_uuid = ${tenantId} and name in (${`one.${run}`}, ${`two.${run}`}) order by 1`),
    );
    return rows.map(({ name }) => name);
  };
  await expect.poll(names, { timeout: 10_000 }).toEqual([`one.${run}`, `two.${run}`]);
});

it("what another build has written of its functions is taken only where it is understood", () => {
  expect(readKnown({})).toBeNull();
  expect(readKnown({ id: "x", name: "x", triggers: [] })).toBeNull();
});

it("an error of the database shows no value of its statement", () => {
  const error = errorOf(new Error("Failed query: insert into people values ($1)\nparams: rose@example.test"));
  expect(JSON.stringify(error)).not.toContain("rose@example.test");
});
