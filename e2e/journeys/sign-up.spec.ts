import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { makeMember } from "@/db/factories/access";
import { upsertInvitation } from "@/db/queries/access/invitations";
import { listMails } from "@/db/queries/access/mail-outbox";
import { asGate } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import { uuidv7 } from "@/lib/kernel/ids";
import { dayMs } from "@/lib/kernel/time";
import { shellCall } from "@/lib/ports";
import { expect, letterTo, newAddress, test } from "../fixtures";
import { type Product, startProduct } from "../server";
import { type FurnishedWorkspace, furnishedWorkspace } from "../workspace";

const password = "cloth ledger market";
const subjectsOf = async (email: string) =>
  (await asGate((db) => listMails(db, 500)))
    .filter(({ recipient }) => recipient === email)
    .map(({ subject }) => subject);

async function signUp(page: Page, email: string) {
  await page.getByLabel("Your name").fill("Mirlande Cadet");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Workspace").fill("Atelye Mirlande");
  await page.getByRole("button", { name: "Send me the letter" }).click();
}

/** An open room would notice, and leave for the sign-in page at the same moment as the journey goes on. */
async function forgetSession(page: Page) {
  await page.goto("about:blank");
  await page.context().clearCookies();
}

async function invitationTo(workspace: FurnishedWorkspace, email: string, lifeMs = dayMs) {
  const token = newToken();
  const now = Date.now();
  await withTenant(workspace.tenantId, "read write", (db) =>
    upsertInvitation(db, workspace.tenantId, {
      id: uuidv7(),
      email,
      role: "approver",
      tokenHash: hashSecret(token),
      invitedBy: workspace.ownerId,
      sentAt: new Date(now - dayMs),
      expiresAt: new Date(now + lifeMs),
    }),
  );
  return `/invitations#${token}`;
}

test.describe("on a newcomer's own machine", () => {
  test.describe.configure({ mode: "serial" });
  // Their clock goes along: the workspace keeps it.
  test.use({ timezoneId: "America/Port-au-Prince" });
  let own: Product;
  test.beforeAll(async () => {
    const { DATABASE_URL = "", AUTH_SECRET = "", ENCRYPTION_KEYS = "" } = process.env;
    own = await startProduct({
      DATABASE_URL,
      AUTH_SECRET,
      ENCRYPTION_KEYS,
      DATABASE_EMBEDDED: "1",
      DATABASE_POOL: "3",
    });
  });
  test.afterAll(() => own.stop());

  test("a letter lies in the development box, and its link leads to a workspace of one's own", async ({ page }) => {
    const email = newAddress("mirlande");
    await page.goto(`${own.url}/sign-up`);
    await signUp(page, email);
    await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeFocused();
    await page.getByRole("link", { name: "Open the development box" }).click();

    await page.getByRole("link", { name: new RegExp(email) }).click();
    await expect(page.getByRole("article")).toContainText(email);
    const sent = page.frameLocator("iframe");
    await expect(sent.getByText("Hello Mirlande Cadet,")).toBeVisible();
    await sent.getByRole("link", { name: "Confirm the address" }).click();
    await expect(page).toHaveURL(/\/sign-up\/confirm#/);
    const link = page.url();
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Open the workspace" }).click();
    await expect(page).toHaveURL(`${own.url}/overview`);
    const here = await page.request.get(`${own.url}/api/v1/workspaces/current`);
    expect(await here.json()).toMatchObject({ name: "Atelye Mirlande", time_zone: "America/Port-au-Prince" });

    await forgetSession(page);
    await page.goto(link);
    await page.getByLabel("Password", { exact: true }).fill("another ledger, kept exactly");
    await page.getByRole("button", { name: "Open the workspace" }).click();
    await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  });

  test("nobody but who sits at the machine reads the box", async ({ request, page }) => {
    const ask = async (headers: Record<string, string> = {}) =>
      (await request.get(`${own.url}/dev/mail`, { headers })).status();
    expect(await ask()).toBe(200);
    expect(await ask({ "x-forwarded-for": "203.0.113.7" })).toBe(404);
    expect(await ask({ "x-real-ip": "127.0.0.1", "x-client-direct": "1", "x-client-ip": "127.0.0.1" })).toBe(404);
    // A page elsewhere can point a name of its own at this machine.
    expect(await ask({ host: "evil.example" })).toBe(404);
    expect(await ask({ host: `evil.example:${own.port}` })).toBe(404);

    await page.goto(`${own.url}/dev/mail`);
    await expect(page.getByRole("heading", { name: "Development box" })).toBeVisible();
    const unread = await page.goto(`${own.url}/dev/mail?letter=nothing`);
    expect(unread?.status()).toBe(200);
    await expect(page.getByText("This letter is not here")).toBeVisible();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing in the box, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${own.url}/dev/mail`);
      await page.getByText("Text part").click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    });
  }
});

test("what was written survives a reload", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill("Mirlande Cadet");
  await page.getByLabel("Workspace").fill("Atelye Mirlande");
  await page.reload();
  await expect(page.getByLabel("Your name")).toHaveValue("Mirlande Cadet");
  await expect(page.getByLabel("Workspace")).toHaveValue("Atelye Mirlande");
});

test("a weak password is refused with its reason, and no password survives a reload", async ({ page, workspace }) => {
  await page.goto(await invitationTo(workspace, newAddress("fritznel")));
  const field = page.getByLabel("Password", { exact: true });
  await page.getByLabel("Your name").fill("Mirlande Cadet");
  await page.getByRole("button", { name: "Show password" }).click();
  await field.fill("mirlande cadet");
  await expect(page.getByText("Leave your name, e-mail address and workspace out of the password.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Your name")).toHaveValue("Mirlande Cadet");
  await expect(field).toHaveValue("");

  // On the server's list of common ones, which the browser does not have. Sent from within the field: the summary takes
  // the focus away from it, and the reason stays.
  await field.fill("passwordpassword1");
  await page.keyboard.press("Enter");
  await expect(page.getByText("on the list that attackers try first")).toBeVisible();
  await expect(page.getByRole("alert").getByText("One thing to put right")).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveValue("passwordpassword1");
});

test("an address that has an account gets the same page, and another letter", async ({ page, workspace }) => {
  const email = newAddress("darline");
  await makeMember(workspace.tenantId, { email });
  await page.goto("/sign-up");
  await signUp(page, email);
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
  await expect(page.getByText("No mail provider is set up on this server")).toBeVisible();
  await expect.poll(() => subjectsOf(email)).toEqual(["You already have an account at Madan Sara"]);

  await page.getByRole("button", { name: "Change what I wrote" }).click();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await expect(page.getByLabel("Workspace")).toHaveValue("Atelye Mirlande");
});

test("someone new accepts an invitation and is in, in one page", async ({ page, workspace }) => {
  const email = newAddress("fritznel");
  const link = await invitationTo(workspace, email);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: `Join ${workspace.handle}` })).toBeVisible();
  await expect(page.getByText("approver")).toBeVisible();
  await page.getByLabel("Your name").fill("Fritznel Dorvil");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: `Join ${workspace.handle}` }).click();
  await expect(page).toHaveURL(/\/overview$/);
  const me = await (await page.request.get("/api/v1/me")).json();
  expect(me).toMatchObject({ role: "approver", person: { email, name: "Fritznel Dorvil" } });

  await page.goto("/sign-in/link");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This invitation was accepted" })).toBeVisible();
});

test("someone with an account signs in first, and comes back to join", async ({ page, workspace }) => {
  const email = newAddress("darline");
  const passwordHash = await shellCall().ports.passwords.hash(password);
  const elsewhere = await furnishedWorkspace(`elsewhere-${uuidv7().slice(-12)}`);
  await makeMember(elsewhere.tenantId, { email, passwordHash });
  await page.goto(await invitationTo(workspace, email));
  await page.getByRole("button", { name: "Sign in to join" }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Finvitations$/);
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: `Join ${workspace.handle}` }).click();
  await expect(page).toHaveURL(/\/overview$/);
  expect(await (await page.request.get("/api/v1/me")).json()).toMatchObject({ tenant_uuid: workspace.tenantId });
});

test("an invitation is for one address: whoever is signed in with another is told, and may sign out", async ({
  signedInPage: page,
  workspace,
}) => {
  const email = newAddress("fritznel");
  await page.goto(await invitationTo(workspace, email));
  await expect(page.getByText("You are signed in as")).toContainText(email);
  await expect(page.getByRole("button", { name: /^Join/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Sign out and go on" }).click();
  await expect(page.getByLabel("Your name")).toBeVisible();
});

test("a dead invitation says so and opens nothing", async ({ page, workspace }) => {
  await page.goto(await invitationTo(workspace, newAddress("fritznel"), -dayMs / 2));
  await expect(page.getByRole("heading", { name: "This invitation has expired" })).toBeVisible();
  await expect(page.getByText(`Ask Owner of ${workspace.handle} to send it again.`)).toBeVisible();
  for (const link of ["/invitations", `/invitations#${newToken()}`, "/sign-up/confirm", "/reset-password"]) {
    await page.goto("/sign-up");
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "This link no longer works" }), link).toBeVisible();
  }
});

test("no token leaves the browser but in the body of the request that needs it", async ({ page, workspace }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.url()} ${request.headers().referer ?? ""}`));
  const link = await invitationTo(workspace, newAddress("fritznel"));
  const token = link.split("#")[1] ?? "";
  await page.goto(link);
  await expect(page.getByLabel("Your name")).toBeVisible();
  // Playwright shows the fragment of the page itself, which no browser sends.
  const sent = asked.map((line) => line.replace(`/invitations#${token}`, "/invitations"));
  expect(sent.length).toBeGreaterThan(3);
  expect(sent.filter((line) => line.includes(token))).toEqual([]);
});

test("axe finds nothing on the pages that a letter opens", async ({ page, workspace }) => {
  const link = await invitationTo(workspace, newAddress("fritznel"));
  const token = newToken();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of [
      link,
      `/sign-in/link#${token}`,
      "/sign-in/link",
      `/sign-up/confirm#${token}`,
      `/reset-password#${token}`,
    ]) {
      await page.goto("/sign-up");
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id }) => id),
        `${path} ${colorScheme}`,
      ).toEqual([]);
    }
  }
});

test("the letter of a sign-up carries its token behind the #", async ({ page }) => {
  const email = newAddress("mirlande");
  await page.goto("/sign-up");
  await signUp(page, email);
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
  expect(new URL((await letterTo(email)).link).hash.length).toBeGreaterThan(20);
});
