import type { Page } from "@playwright/test";
import { makeContact } from "@/db/factories/contacts";
import type { TenantId } from "@/lib/kernel/tenant";
import { expect, test } from "../fixtures";

const table = (page: Page) => page.getByRole("table", { name: "Contacts" });
const row = (page: Page, name: string) => table(page).getByRole("row", { name: new RegExp(name) });

/** Keys are heard once the page is alive, which a busy machine takes a moment for. */
async function press(page: Page, key: string, until: () => Promise<void>) {
  await expect(async () => {
    await page.keyboard.press(key);
    await until();
  }).toPass();
}

async function cast(tenantId: TenantId) {
  await makeContact(tenantId, {
    name: "Josette Alcindor",
    email: "josette@example.test",
    stage: "customer",
    tags: ["vip"],
  });
  await makeContact(tenantId, { name: "Kervens Jean", email: "kervens@example.test" });
  await makeContact(tenantId, { name: "<b>Nadège</b> Louis", phone: "+50934123456" });
}

test("somebody is found while one types, whatever the accents, and filters live in the address", async ({
  signedInPage: page,
  workspace,
}) => {
  await cast(workspace.tenantId);
  await page.goto("/contacts");
  await expect(table(page).getByRole("row")).toHaveCount(4);
  // Markup in a name is text.
  await expect(row(page, "<b>Nadège</b> Louis")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search contacts" }).fill("nadege");
  await expect(page).toHaveURL(/q=nadege/);
  await expect(table(page).getByRole("row")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Search contacts" }).fill("");
  await expect(table(page).getByRole("row")).toHaveCount(4);

  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByPlaceholder("Filter by stage, tag, owner").fill("vip");
  await page.getByRole("option", { name: "vip" }).click();
  await expect(page).toHaveURL(/tag=vip/);
  await expect(table(page).getByRole("row")).toHaveCount(2);
  await page.reload();
  await expect(row(page, "Josette Alcindor")).toBeVisible();
  await page.getByRole("button", { name: "Remove filter: Tag" }).click();
  await expect(table(page).getByRole("row")).toHaveCount(4);
});

test("somebody is added, and what is wrong stands beside its field", async ({ signedInPage: page }) => {
  await page.goto("/contacts");
  await expect(page.getByRole("heading", { name: "Nobody here yet" })).toBeVisible();
  await page.getByRole("link", { name: "Add one by hand" }).click();
  const drawer = page.getByRole("dialog", { name: "New contact" });
  await drawer.getByLabel("E-mail").fill("josette");
  await drawer.getByLabel("Name").click();
  await expect(drawer.getByText("Write an e-mail address, such as name@shop.example.")).toBeVisible();
  await drawer.getByLabel("E-mail").fill("josette@example.test");
  await drawer.getByLabel("Phone").fill("+509 1");
  await drawer.getByLabel("Name").fill("Josette Alcindor");
  await drawer.getByRole("button", { name: "Add the contact" }).click();
  await expect(drawer.getByLabel("Phone")).toHaveAttribute("aria-invalid", "true");
  await expect(drawer.getByLabel("Name")).toHaveValue("Josette Alcindor");
  await drawer.getByLabel("Phone").fill("+509 3412 3456");
  await drawer.getByRole("button", { name: "Add the contact" }).click();
  await expect(drawer).toBeHidden();
  await expect(row(page, "Josette Alcindor")).toBeVisible();
});

test("a contact is opened, edited and taken back, gets a note and a task", async ({
  signedInPage: page,
  workspace,
}) => {
  await cast(workspace.tenantId);
  await page.goto("/contacts?q=josette");
  await row(page, "Josette Alcindor").click();
  await expect(page.getByRole("heading", { name: "Josette Alcindor" })).toBeVisible();

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "Edit Josette Alcindor" });
  await drawer.getByLabel("Company").fill("Atelye Miramar");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Atelye Miramar").first()).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Atelye Miramar")).toHaveCount(0);

  await page.getByRole("button", { name: "Note", exact: true }).click();
  await page.getByLabel("Note to the team").fill("Wants the 180 × 280 in indigo");
  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Wants the 180 × 280 in indigo" })).toBeVisible();

  await page.getByRole("button", { name: "Task", exact: true }).click();
  await page.getByLabel("What is to be done").fill("Call back about the burn mark");
  await page.getByRole("button", { name: "Add the task" }).click();
  await page.goto("/tasks");
  const box = page.getByRole("checkbox", { name: /Call back about the burn mark/ });
  await box.focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("“Call back about the burn mark” is done")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("checkbox", { name: "“Call back about the burn mark” is done" })).not.toBeChecked();
});

test("many are tagged at once and have it taken back, without a mouse", async ({ signedInPage: page, workspace }) => {
  await cast(workspace.tenantId);
  await page.goto("/contacts");
  await expect(table(page).getByRole("row")).toHaveCount(4);
  await press(page, "j", () => expect(table(page).locator("tbody tr").first()).toBeFocused({ timeout: 500 }));
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("2 selected")).toBeVisible();
  const tag = page.getByRole("toolbar").getByRole("button", { name: "Tag", exact: true });
  await tag.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("combobox", { name: "Tag" })).toBeFocused();
  await page.keyboard.type("linen");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 contacts tagged")).toBeVisible();
  await expect(table(page).getByText("linen")).toHaveCount(2);
  await press(page, "z", () => expect(table(page).getByText("linen")).toHaveCount(0, { timeout: 2000 }));
});

test("two are made one and parted again", async ({ signedInPage: page, workspace }) => {
  await makeContact(workspace.tenantId, { name: "Josette Alcindor", email: "josette@example.test" });
  await makeContact(workspace.tenantId, { name: "Josette A.", phone: "+50934123456" });
  await page.goto("/contacts");
  await page.getByRole("checkbox", { name: "Select all rows shown" }).check();
  await page.getByRole("button", { name: "More acts" }).click();
  await page.getByRole("menuitem", { name: "Merge" }).click();
  const dialog = page.getByRole("dialog", { name: "Make one of two" });
  await dialog.getByRole("button", { name: "Merge them" }).click();
  await expect(table(page).getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(table(page).getByRole("row")).toHaveCount(3);
});

test("an attribute of the workspace's own is declared, and a contact gets a value", async ({
  signedInPage: page,
  workspace,
}) => {
  await cast(workspace.tenantId);
  await page.goto("/settings/contacts");
  await page.getByRole("button", { name: "Declare an attribute" }).click();
  const dialog = page.getByRole("dialog", { name: "Declare an attribute" });
  await dialog.getByLabel("Name").fill("Loyalty level");
  await expect(dialog.getByLabel("Key")).toHaveValue("loyalty_level");
  await dialog.getByRole("radio", { name: /^Number/ }).check();
  await dialog.getByRole("button", { name: "Declare it" }).click();
  await expect(page.getByRole("table", { name: "Attributes" })).toContainText("Loyalty level");

  await page.goto("/contacts?q=josette");
  await row(page, "Josette Alcindor").click();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "Edit Josette Alcindor" });
  await drawer.getByLabel("Loyalty level").fill("gold");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer.getByLabel("Loyalty level")).toHaveAttribute("aria-invalid", "true");
  await drawer.getByLabel("Loyalty level").fill("3");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toBeHidden();
  await expect(page.getByText("Loyalty level")).toBeVisible();
});
