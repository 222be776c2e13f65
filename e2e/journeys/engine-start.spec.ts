import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { scratchDatabase } from "../scratch-database";
import { startProduct } from "../server";

test("a start before its database is migrated serves, says that it is not ready, and works as soon as it can", async () => {
  test.setTimeout(120_000);
  const database = await scratchDatabase("madan_sara_engine_start");
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  await owner`alter table engine_functions rename to engine_functions_of_tomorrow`;
  const product = await startProduct(database.env);
  const ready = async () => {
    const answer = await fetch(`${product.url}/api/ready`);
    const { engine } = (await answer.json()) as { engine: string };
    return [answer.status, engine];
  };
  try {
    expect((await fetch(`${product.url}/api/health`)).status).toBe(200);
    expect(await ready()).toEqual([503, "silent"]);
    await owner`alter table engine_functions_of_tomorrow rename to engine_functions`;
    await expect.poll(ready, { timeout: 20_000 }).toEqual([200, "running"]);
  } finally {
    await product.stop();
    await owner.end();
    await database.stop();
  }
});
