import { expect, test } from "../fixtures";

/** The parts that are on every page: found by keyboard, and alive when the line is not. */
test("the palette finds a page by what one types, and goes there", async ({ signedInPage: page }) => {
  await page.goto("/overview");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("audit");
  await expect(palette.getByRole("option", { name: /Audit/ }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit/);
  await expect(page.getByRole("heading", { level: 1, name: "Audit" })).toBeVisible();
});

test("two keys lead to a room, but not while one types", async ({ signedInPage: page }) => {
  await page.goto("/agents");
  const search = page.getByPlaceholder("Search the keys");
  await search.fill("");
  await search.focus();
  await page.keyboard.type("gs");
  await expect(search).toHaveValue("gs");
  await expect(page).toHaveURL(/\/agents/);
  await search.blur();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/settings/);
});

test("the help sheet lists the keys, and gives the focus back", async ({ signedInPage: page }) => {
  await page.goto("/overview");
  await page
    .getByRole("button", { name: /Keyboard shortcuts|help/i })
    .first()
    .focus();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog");
  await expect(sheet).toContainText("Overview");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("button", { name: /Keyboard shortcuts|help/i }).first()).toBeFocused();
});

test("says when there is no line, keeps what is on the screen, and goes on when it is back", async ({
  signedInPage: page,
  context,
}) => {
  await page.goto("/agents");
  const key = page.getByText(/^Key of journey-/).first();
  await expect(key).toBeVisible();
  await context.setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  const banner = page.getByText("No line to the server.").first();
  await expect(banner).toBeVisible();
  await expect(key).toBeVisible();
  await context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(banner).toBeHidden({ timeout: 15_000 });
});

test("an address that is nothing says so and leads back", async ({ signedInPage: page }) => {
  const response = await page.goto("/no-such-room");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page
    .getByRole("link", { name: /overview|start|back/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/overview/);
});

test("rooms that a role may not enter say so", async ({ pageOf }) => {
  const page = await pageOf("viewer");
  await page.goto("/audit");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(/owner|admin/i).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Export all" })).toHaveCount(0);
});
