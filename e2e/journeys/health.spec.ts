import { expect, test } from "@playwright/test";

test("the product answers, and says that it is ready", async ({ request }) => {
  expect((await request.get("/api/health")).status()).toBe(200);
  expect((await request.get("/api/ready")).status()).toBe(200);
});
