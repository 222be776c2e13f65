import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { makeTopic } from "@/db/factories/consent";
import { makeEvent, makeRun, makeStep } from "@/db/factories/engine";
import { toWireId } from "@/lib/kernel/ids";
import { expect, newAddress, test } from "../fixtures";
import { makeReachablePerson } from "../reachable-person";

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
const house = [
  "/overview",
  "/agents",
  "/audit",
  "/settings/workspace",
  "/settings/members",
  "/settings/profile",
  "/settings/security",
];
const people = [
  "/contacts",
  "/contacts?new=1",
  "/contacts/duplicates",
  "/contacts/import",
  "/contacts/imports",
  "/segments",
  "/segments/new?example=warm",
  "/tasks?new=1",
  "/settings/contacts",
  "/settings/consent",
  "/settings/data-protection",
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

    test("rooms of the house", async ({ signedInPage }) => walk(signedInPage, house));

    test("rooms about people", async ({ signedInPage }) => walk(signedInPage, people));

    test("one person, and the pages that their letters lead to", async ({ signedInPage, workspace, page }) => {
      const { id } = await makeReachablePerson(workspace.tenantId, { email: newAddress("josette") });
      await makeTopic(workspace.tenantId, { name: "News from the loom" });
      const answer = await page.request.post(`/api/v1/contacts/${id}/preference-link`, {
        headers: { authorization: `Bearer ${workspace.key}` },
        data: { channel: "email" },
      });
      const links = await answer.json();
      const letters = [links.preferences_url, links.unsubscribe_url].map((url: string) => new URL(url).pathname);
      await walk(signedInPage, [`/contacts/${id}`, ...letters, "/confirm/made-up"]);
    });

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
