import { saveSecrets } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import { addMs, hourMs } from "@/lib/kernel/time";
import { createPasswords } from "@/lib/providers/passwords";
import { cookieOf } from "../call-api";
import { expect, test } from "../fixtures";

test("a key is made, shown once, works, stands in the log, and is revoked for good", async ({
  signedInPage: page,
  request,
}) => {
  await page.goto("/overview");
  await page.getByRole("link", { name: "Create a key" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Order desk sync");
  await page.getByRole("checkbox", { name: /See the workspace/ }).check();
  await page.getByRole("button", { name: "Create the key" }).click();

  const secret = await page.getByRole("textbox", { name: "Secret" }).inputValue();
  expect(secret).toMatch(/^ms_live_[0-9A-Za-z]{8}_/);
  await expect(page.getByText("Shown this once.")).toBeVisible();
  await page.getByRole("button", { name: "I have kept it" }).click();
  await expect(page.locator("body")).not.toContainText(secret);

  const authorization = `Bearer ${secret}`;
  const me = await request.get("/api/v1/me", { headers: { authorization } });
  expect(me.status()).toBe(200);
  expect(await me.json()).toMatchObject({ kind: "key", permissions: ["workspace:read"] });
  expect((await request.get("/api/v1/members", { headers: { authorization } })).status()).toBe(403);

  await page.goto("/audit");
  await expect(page.getByText("created the key Order desk sync")).toBeVisible();

  await page.goto("/agents");
  await page.getByRole("button", { name: "Revoke Order desk sync" }).click();
  await expect(page.getByRole("button", { name: "Revoke the key" })).toBeDisabled();
  await page.getByLabel(/to go on/).fill("Order desk sync");
  await page.getByRole("button", { name: "Revoke the key" }).click();
  await expect(page.getByRole("row", { name: /Order desk sync/ })).toContainText("Revoked");
  expect((await request.get("/api/v1/me", { headers: { authorization } })).status()).toBe(401);
});

test("a form that is not complete says what is missing and makes nothing", async ({ signedInPage: page }) => {
  await page.goto("/agents?new=1");
  await page.getByRole("button", { name: "Create the key" }).click();
  await expect(page.getByText("2 things to put right")).toBeVisible();
  await expect(page.getByText("Choose at least one thing it may do.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("table", { name: "API keys" }).getByRole("row")).toHaveCount(2);
});

test("a closing by mistake is answered once before the secret is gone", async ({ signedInPage: page }) => {
  await page.goto("/agents?new=1");
  await page.getByLabel("Name", { exact: true }).fill("Till");
  await page.getByRole("radio", { name: /^Everything/ }).check();
  await page.getByRole("button", { name: "Create the key" }).click();
  await expect(page.getByRole("textbox", { name: "Secret" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("The secret cannot be shown again.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Secret" })).toBeVisible();
});

test("after a while a person proves themselves once, and the key is made where they were", async ({
  context,
  page,
  workspace,
  baseURL,
}) => {
  const { hash } = createPasswords();
  await asGate(async (db) => saveSecrets(db, workspace.ownerId, { passwordHash: await hash("a first good password") }));
  const before = addMs(new Date(), -hourMs);
  const { cookie } = await cookieOf(workspace.ownerId, { activeTenantId: workspace.tenantId, now: before });
  const [name = "", ...value] = cookie.split("=");
  await context.addCookies([{ name, value: value.join("="), url: baseURL ?? "" }]);

  await page.goto("/agents?new=1");
  await page.getByLabel("Name", { exact: true }).fill("Till");
  await page.getByRole("checkbox", { name: /See the workspace/ }).check();
  await page.getByRole("button", { name: "Create the key" }).click();
  await expect(page.getByRole("heading", { name: "Confirm that it is you" })).toBeVisible();
  await page.getByLabel("Your password").fill("wrong on purpose");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("This password is not right.")).toBeVisible();
  await page.getByLabel("Your password").fill("a first good password");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("textbox", { name: "Secret" })).toBeVisible();
});

test("the list is searched and filtered in the address, by keyboard", async ({ signedInPage: page, workspace }) => {
  await page.goto("/agents");
  // Keys are heard once the page is alive, which a busy machine takes a moment for.
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox")).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.type("nothing like it");
  await expect(page.getByText("No key matches.")).toBeVisible();
  await expect(page).toHaveURL(/q=nothing/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row", { name: new RegExp(`Key of ${workspace.handle}`) })).toBeVisible();
  await page.goto("/agents?state=revoked");
  await expect(page.getByText("No key matches.")).toBeVisible();
});

test("the reference is read from the document, without a word from outside", async ({ page, baseURL }) => {
  const own = new URL(baseURL ?? "").origin;
  const outside: string[] = [];
  page.on("request", (call) => {
    if (/^https?:/.test(call.url()) && !call.url().startsWith(own)) outside.push(call.url());
  });
  await page.goto("/redoc");
  await expect(page).toHaveURL(/\/docs/);
  // Two busy cores need a moment for a hundred routes.
  await page.locator(".nav-bar-path", { hasText: /post\s*\/api\/v1\/keys\s*$/i }).click({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "Creates an API key." })).toBeVisible();
  expect(outside).toEqual([]);
  const document = await page.request.get("/openapi.json");
  expect((await document.json()).openapi).toBe("3.1.0");
});
