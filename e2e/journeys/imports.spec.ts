import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

const file = {
  name: "kliyan.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    [
      "No;Prénom;Nom;Courriel;Plan",
      "k-1;Mirlande;Pierre;mirlande@example.test;gold",
      "k-2;Josette;Alcindor;josette@example.test;silver",
      "k-3;Nadège;Étienne;not an address;gold",
      "",
    ].join("\r\n"),
  ),
};

async function bring(page: Page, given = file) {
  await page.goto("/contacts/import");
  await expect(async () => {
    const chooser = page.waitForEvent("filechooser", { timeout: 1_000 });
    await page.getByRole("button", { name: "Choose a file" }).click();
    await (await chooser).setFiles(given);
  }).toPass();
}

test("a file is brought, mapped, checked, taken in, and taken back", async ({ signedInPage: page }) => {
  await bring(page);
  await expect(page.getByLabel("What Courriel becomes")).toHaveValue("email");
  await expect(page.getByLabel("What Prénom becomes")).toHaveValue("first_name");
  await page.getByLabel("What No becomes").selectOption("external_id");
  await page.getByLabel("What Plan becomes").selectOption("new");
  await expect(page.getByLabel("What Plan becomes")).toHaveValue("attribute:plan");
  // What was chosen survives a reload only once it is kept, and the file itself does in any case.
  await page.getByRole("button", { name: "Continue to the options" }).click();
  await page.getByLabel("Tags").fill("nwèl 2026");
  await page.reload();
  await page.getByLabel("Tags").fill("nwèl 2026");
  await page.getByRole("button", { name: "Check the file" }).click();

  await expect(page.getByText("1 of 3 rows cannot be taken in.")).toBeVisible();
  const problems = page.getByRole("table", { name: "Problems by column" });
  await expect(problems.getByRole("row", { name: /Courriel/ })).toBeVisible();
  const rows = page.getByRole("table", { name: "The first rows as they will be written" });
  await expect(rows.getByRole("row", { name: /mirlande@example\.test/ })).toContainText("New");
  await page.getByRole("button", { name: "Import 3 rows" }).click();

  await expect(page).toHaveURL(/\/contacts\/imports\/imp_/);
  await expect(page.getByRole("status").filter({ hasText: "Done" })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("progressbar", { name: "Import" })).toHaveAttribute("aria-valuenow", "100");
  await expect(page.getByRole("table", { name: "Rows that were left out" })).toContainText("not an address");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download these rows" }).click();
  const saved = await readFile(await (await download).path(), "utf8");
  expect(saved).toContain("k-3,Nadège,Étienne,not an address,gold,4,");

  await page.getByRole("button", { name: "Take it back" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("2 new contacts will be removed");
  await dialog.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText("2 new contacts removed")).toBeVisible({ timeout: 20_000 });
  await page.goto("/contacts/imports");
  await expect(page.getByRole("row", { name: /kliyan\.csv/ })).toContainText("Taken back");
});

test("by keyboard alone a file is brought and taken in", async ({ signedInPage: page }) => {
  await page.goto("/contacts/import");
  const choose = page.getByRole("button", { name: "Choose a file" });
  await expect(async () => {
    const chooser = page.waitForEvent("filechooser", { timeout: 1_000 });
    await choose.focus();
    await page.keyboard.press("Enter");
    await (await chooser).setFiles({ ...file, buffer: Buffer.from("name,email\nAna,ana@example.test\n") });
  }).toPass();
  for (const name of ["Continue to the options", "Check the file", "Import 1 row"]) {
    const button = page.getByRole("button", { name });
    // The last one waits for the check, and says so.
    await expect(button).toBeEnabled();
    await button.focus();
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("status").filter({ hasText: "Done" })).toBeVisible({ timeout: 20_000 });
});

test("a file that cannot be read is refused with its row, and another can be chosen", async ({
  signedInPage: page,
}) => {
  await bring(page, { ...file, buffer: Buffer.from('name,email\r\nAna,"ana@example.test\r\nBo,bo@example.test\r\n') });
  const refusal = page.getByRole("main").getByRole("alert");
  await expect(refusal).toContainText("Row 2 opens a quotation mark");
  await expect(refusal).toContainText("Nothing was imported.");
  await expect(page.getByRole("button", { name: "Choose a file" })).toBeEnabled();
});
