import { readFile } from "node:fs/promises";
import { insertAuditLine } from "@/db/queries/access/audit";
import { withTenant } from "@/db/tenant";
import type { TenantId } from "@/lib/kernel/tenant";
import { expect, test } from "../fixtures";

async function note(tenantId: TenantId, name: string, times = 1, at = new Date()) {
  await withTenant(tenantId, "read write", async (db) => {
    for (let line = 0; line < times; line++) {
      await insertAuditLine(db, tenantId, {
        at,
        actor: { kind: "person", id: null, name: "Kervens Augustin" },
        action: "member.role_changed",
        subject: { kind: "member", id: null, name: times > 1 ? `${name} ${line}` : name },
        before: { role: "viewer" },
        after: { role: "marketer" },
        ip: "190.115.184.20",
        requestId: null,
      });
    }
  });
}

test("a line is found, opened with before and after, and can be linked", async ({ signedInPage: page, workspace }) => {
  await note(workspace.tenantId, "Claudine Baptiste");
  await page.goto("/audit");
  // Keys are heard once the page is alive, which a busy machine takes a moment for.
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox")).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.type("claudine");
  await expect(page).toHaveURL(/q=claudine/);
  const table = page.getByRole("table", { name: "Audit log" });
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await page.goto("/audit?action=member.role_changed");
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(table.getByRole("row", { name: /Claudine Baptiste/ })).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("made Claudine Baptiste a marketer");
  await expect(page.getByRole("dialog")).toContainText("viewer");
  await expect(page).toHaveURL(/line=\d+/);
  await page.reload();
  await expect(page.getByRole("dialog")).toContainText("made Claudine Baptiste a marketer");
});

test("the log is narrowed to days as the workspace counts them", async ({ signedInPage: page, workspace }) => {
  // 03:00 UTC is still the day before in Port-au-Prince.
  await note(workspace.tenantId, "Late at night", 1, new Date("2026-03-12T03:00:00Z"));
  await page.goto("/audit?from=2026-03-11&to=2026-03-11");
  await expect(page.getByText("Late at night")).toBeVisible();
  await page.goto("/audit?from=2026-03-12&to=2026-03-12");
  await expect(page.getByText("No line matches these filters.")).toBeVisible();
  await page.getByRole("button", { name: "Show all lines" }).click();
  await expect(page.getByText("Late at night")).toBeVisible();
});

test("the chain is checked and found whole", async ({ signedInPage: page }) => {
  await page.goto("/audit");
  await page.getByRole("button", { name: "Check the chain" }).click();
  await expect(page.getByText("The chain is whole.")).toBeVisible();
});

test("what the filters leave is exported as a file, and the export leaves a line", async ({
  signedInPage: page,
  workspace,
}) => {
  await note(workspace.tenantId, "=HYPERLINK(1)");
  await page.goto("/audit?action=member.role_changed");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export these" }).click();
  const text = await readFile(await (await waiting).path(), "utf8");
  const lines = text.trim().split(/\r?\n/);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain("actor_kind");
  expect(lines[1]).toContain("'=HYPERLINK(1)");
  await page.goto("/audit");
  await expect(page.getByText("exported the audit log")).toBeVisible();
});

test("a long log is read on and keeps few rows in the page", async ({ signedInPage: page, workspace }) => {
  await note(workspace.tenantId, "Line", 450);
  await page.goto("/audit");
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByText("400 shown")).toBeVisible();
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByText(/, that is all/)).toBeVisible();
  expect(await page.getByRole("table", { name: "Audit log" }).locator("tbody tr").count()).toBeLessThan(120);
});

test("a view that is saved brings its filters back", async ({ signedInPage: page }) => {
  await page.goto("/audit?action=key.created");
  await expect(page.getByText("created the key").first()).toBeVisible();
  const choose = async (name: string) => {
    const item = page.getByRole("menuitem", { name, exact: true });
    // The menu is fetched after the table stands: a press that comes before it is given again, as a person would.
    await expect(async () => {
      if (!(await item.isVisible())) await page.getByRole("button", { name: "Saved views" }).click();
      await expect(item).toBeVisible({ timeout: 2000 });
    }).toPass();
    await item.click();
  };
  await choose("Save what is seen as a view");
  await page.getByRole("dialog").getByRole("textbox").fill("New keys");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.goto("/audit");
  await choose("New keys");
  await expect(page).toHaveURL(/action=key\.created/);
});
