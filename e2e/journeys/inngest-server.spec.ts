import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { scratchDatabase } from "../scratch-database";
import { startProduct } from "../server";
import { inngestServer } from "../vendors/inngest";

test("the same build runs on an Inngest server: it registers, hands its events on, and lets only that server call", async () => {
  test.setTimeout(120_000);
  const database = await scratchDatabase("madan_sara_inngest");
  const server = await inngestServer();
  const product = await startProduct({
    ...database.env,
    INNGEST_EVENT_KEY: server.eventKey,
    INNGEST_SIGNING_KEY: server.signingKey,
    INNGEST_BASE_URL: server.url,
  });
  const door = `${product.url}/api/inngest`;
  try {
    await test.step("it says where its functions are", async () => {
      await expect.poll(() => server.registered.length, { timeout: 30_000 }).toBeGreaterThan(0);
      expect(server.registered[0]?.url).toBe(door);
      expect(server.registered[0]?.functions.map(({ id }) => id)).toContain("madan-sara-sweep-expired");
      expect(await (await fetch(`${product.url}/api/ready`)).json()).toMatchObject({ engine: "running" });
    });

    await test.step("a call with the server's signature is carried out", async () => {
      const { status, body } = await server.call(door, "madan-sara-sweep-expired");
      // Without its engine to keep results, the call ends with the step it has made.
      expect([200, 206]).toContain(status);
      expect(JSON.stringify(body)).toContain("sessions");
    });

    for (const signature of ["none", "wrong", "expired", "of another body"] as const)
      await test.step(`a call whose signature is ${signature} is not`, async () => {
        const { status, body } = await server.call(door, "madan-sara-sweep-expired", { signature });
        expect(status).toBe(401);
        expect(JSON.stringify(body)).not.toContain("sessions");
      });

    await test.step("events leave when the server has taken them, each once", async () => {
      server.refuseNext(7);
      const sql = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
      try {
        await sql`
          insert into event_outbox (tenant_uuid, id, key, name, data)
          select gen_random_uuid(), gen_random_uuid(), 'event-' || n, 'audit/check-due', '{"tenantId":"x"}' from generate_series(1, 30) n`;
        const left = async () => Number((await sql`select count(*) from event_outbox`)[0]?.count);
        await expect.poll(left, { timeout: 60_000 }).toBe(0);
        expect(server.events).toHaveLength(30);
        expect(new Set(server.events.map(({ id }) => id)).size).toBe(30);
      } finally {
        await sql.end();
      }
    });
  } finally {
    await product.stop();
    await server.close();
    await database.stop();
  }
});

test("without such a server there is no door for one", async ({ request }) => {
  for (const method of ["get", "post", "put"] as const)
    expect((await request[method]("/api/inngest?fnId=madan-sara-sweep-expired&stepId=step")).status()).toBe(404);
});
