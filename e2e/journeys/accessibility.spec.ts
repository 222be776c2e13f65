import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { makeEvent, makeRun, makeStep } from "@/db/factories/engine";
import { toWireId } from "@/lib/kernel/ids";
import { expect, test } from "../fixtures";

/** axe finds nothing on any page, light and dark, wide and narrow. A page that is added is added here. */
const outside = [
  "/sign-in",
  "/sign-up",
  "/forgot-password",
  "/sign-in/link",
  "/reset-password",
  "/invitations",
  "/docs",
  "/nowhere-at-all",
];
const inside = [
  "/overview",
  "/agents",
  "/audit",
  "/contacts/import",
  "/contacts/imports",
  "/segments",
  "/segments/new?example=warm",
  "/settings/workspace",
  "/settings/members",
  "/settings/profile",
  "/settings/security",
  "/contacts",
  "/contacts?new=1",
  "/contacts/duplicates",
  "/tasks?new=1",
  "/settings/contacts",
];
const looks = [
  { theme: "light", width: 1440 },
  { theme: "dark", width: 1440 },
  { theme: "light", width: 390 },
  { theme: "dark", width: 390 },
] as const;

async function findings(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

async function settle(page: Page, path: string) {
  await page.goto(path);
  await expect(page.locator("h1").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
}

for (const { theme, width } of looks) {
  test.describe(`${theme}, ${width} px`, () => {
    test.use({ colorScheme: theme, viewport: { width, height: 900 } });
    // A dozen pages, each looked through from end to end.
    test.describe.configure({ timeout: 120_000 });

    test("pages in front of the shell", async ({ page }) => {
      for (const path of outside) {
        await settle(page, path);
        expect(await findings(page), path).toEqual([]);
      }
    });

    const walk = async (page: Page, paths: readonly string[]) => {
      for (const path of paths) {
        await settle(page, path);
        expect(await findings(page), path).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    };

    test("rooms behind the shell", async ({ signedInPage }) => walk(signedInPage, inside));

    test("runs, in all their states", async ({ signedInPage, workspace }) => {
      const { tenantId } = workspace;
      for (const scene of ["failed", "sleeping", "waiting", "retrying", "slot", "cancelled"] as const)
        await makeRun(tenantId, { scene });
      const event = await makeEvent(tenantId);
      const run = await makeRun(tenantId, { scene: "failed", events: [event.payload] });
      await makeStep(tenantId, run.id);
      await makeStep(tenantId, run.id, { state: "failed" });
      const opened = [
        `/runs/${toWireId("run", run.id)}`,
        `/runs?tab=events&event=${toWireId("engineEvent", event.id)}`,
      ];
      await walk(signedInPage, ["/runs", "/runs?tab=functions", ...opened]);
    });
  });
}
