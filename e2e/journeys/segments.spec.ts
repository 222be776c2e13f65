import type { Page } from "@playwright/test";
import { makeContact } from "@/db/factories/contacts";
import type { TenantId } from "@/lib/kernel/tenant";
import { expect, test } from "../fixtures";

const summary = (page: Page) => page.getByRole("complementary", { name: "What the rules come to" });
const people = (page: Page, name: string) => page.getByRole("table", { name: `People in ${name}` });

async function cast(tenantId: TenantId) {
  await makeContact(tenantId, { name: "Josette Alcindor", stage: "customer", tags: ["vip"] });
  await makeContact(tenantId, { name: "Kervens Jean", stage: "lead", tags: ["vip"] });
  await makeContact(tenantId, { name: "Nadège Louis", stage: "lead" });
}

async function choose(page: Page, box: string, typed: string, option: string | RegExp) {
  await page.getByRole("combobox", { name: box }).last().click();
  await page.locator("[cmdk-input]").fill(typed);
  await page.getByRole("option", { name: option }).first().click();
}

test("a segment is built with its number in sight, saved, finds its people, and is archived", async ({
  signedInPage: page,
  workspace,
}) => {
  await cast(workspace.tenantId);
  await page.goto("/segments");
  await page.getByRole("link", { name: "New segment" }).click();
  await expect(summary(page)).toContainText(/^3\s*people/);
  await page.getByRole("button", { name: "Add a rule" }).click();
  await choose(page, "What the rule asks about", "tag", /^Tag/);
  await expect(summary(page)).toContainText("One rule is not finished");
  await choose(page, "Add a value to Tag", "vip", "vip");
  await expect(summary(page)).toContainText(/^2\s*people/);
  await expect(summary(page)).toContainText("People who are tagged vip.");
  await expect(summary(page).getByText("Kervens Jean")).toBeVisible();

  // A rule that was taken away comes back where it stood.
  await page.getByRole("button", { name: "Take away the rule about Tag" }).click();
  await expect(summary(page)).toContainText(/^3\s*people/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(summary(page)).toContainText(/^2\s*people/);

  await page.getByRole("button", { name: "Save the segment" }).click();
  await expect(page.getByText("Give it a name to find it by.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Good friends");
  await page.getByRole("button", { name: "Save the segment" }).click();
  await expect(page.getByRole("heading", { name: "Good friends" })).toBeVisible();
  await expect(people(page, "Good friends").getByRole("row")).toHaveCount(3);
  await expect(page.getByRole("tab", { name: /People\s*2/ })).toBeVisible();
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByText("2 came in and 0 left.")).toBeVisible();

  await page.getByRole("button", { name: "Archive" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await expect(page).toHaveURL(/\/segments$/);
  await page.goto("/audit");
  await expect(page.getByText("archived a segment").first()).toBeVisible();
});

test("a segment is built by the keyboard alone, from an example", async ({ signedInPage: page, workspace }) => {
  await cast(workspace.tenantId);
  await page.goto("/segments");
  await page.getByRole("link", { name: "New this week" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("New this week");
  await expect(summary(page)).toContainText(/^3\s*people/);
  await page.getByRole("button", { name: "Add a rule" }).focus();
  await page.keyboard.press("Enter");
  // The new rule has the focus already.
  await expect(page.getByRole("combobox", { name: "What the rule asks about" }).last()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.locator("[cmdk-input]").fill("stage");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "What the rule asks about" }).last()).toContainText("Stage");
  await page.getByRole("combobox", { name: "Add a value to Stage" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.locator("[cmdk-input]").fill("customer");
  await page.keyboard.press("Enter");
  await expect(summary(page)).toContainText(/^1\s*person/);
  await page.getByRole("button", { name: "Save the segment" }).focus();
  await page.keyboard.press("Enter");
  await expect(people(page, "New this week").getByRole("row")).toHaveCount(2);
});

test("a list is made, and says how people come to it", async ({ signedInPage: page }) => {
  await page.goto("/segments");
  await page.getByRole("button", { name: "New list" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Guests");
  await page.getByRole("button", { name: "Make the list" }).click();
  await expect(page.getByRole("heading", { name: "Guests" })).toBeVisible();
  await expect(page.getByText("Nobody is on the list yet")).toBeVisible();
});
