import type { BrowserContext, Page } from "@playwright/test";
import { makeMember, makePerson } from "@/db/factories/access";
import { replaceRecoveryCodes, saveSecrets } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import { newTotpSecret, normaliseRecoveryCode, totpCode, totpStep } from "@/lib/domain/access/one-time-code";
import { hashSecret } from "@/lib/domain/access/secrets";
import { sessionLife } from "@/lib/domain/access/session";
import { hourMs } from "@/lib/kernel/time";
import { shellCall } from "@/lib/ports";
import { cookieOf } from "../call-api";
import { expect, letterTo, newAddress, test } from "../fixtures";
import type { FurnishedWorkspace } from "../workspace";

const password = "cloth ledger market";

async function someone(workspace: FurnishedWorkspace, name = "darline") {
  const email = newAddress(name);
  const passwordHash = await shellCall().ports.passwords.hash(password);
  const { personId } = await makeMember(workspace.tenantId, { email, passwordHash, role: "admin" });
  return { email, personId };
}

async function fillIn(page: Page, email: string, secret: string) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** An open room would notice, and leave for the sign-in page at the same moment as the journey goes on. */
async function forgetSession(page: Page) {
  await page.goto("about:blank");
  await page.context().clearCookies();
}

async function carry(context: BrowserContext, cookie: string, url = "") {
  const [name = "", value = ""] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url }]);
}

test("a wrong password and an unknown address get one answer, and the right one leads on to where one wanted", async ({
  page,
  workspace,
}) => {
  const { email } = await someone(workspace);
  await page.goto("/audit?action=key.created");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faudit%3Faction%3Dkey\.created$/);

  const refusal = page.getByText("This e-mail address and this password do not belong together.");
  await fillIn(page, newAddress("nobody"), password);
  await expect(refusal).toBeVisible();
  await fillIn(page, email, "not the right one");
  await expect(refusal).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("not the right one");

  await fillIn(page, email, password);
  await expect(page).toHaveURL(/\/audit\?action=key\.created$/);
});

test("nobody is led to another site after signing in (B23)", async ({ page, workspace, baseURL }) => {
  const { email } = await someone(workspace);
  const evil = ["//evil.example", "/\\evil.example", "/\t/evil.example", "/..//evil.example", "https://evil.example"];
  await page.goto(`/sign-in?next=${encodeURIComponent(evil[0] ?? "")}`);
  await fillIn(page, email, password);
  await expect(page).toHaveURL(`${baseURL}/overview`);
  for (const address of evil) {
    // Signed in already: the server leads on by itself.
    await page.goto(`/sign-in?next=${encodeURIComponent(address)}`);
    expect(page.url(), address).toBe(`${baseURL}/overview`);
  }
});

test("too many tries: the page counts down, keeps what was typed, and then lets one in", async ({
  page,
  workspace,
}) => {
  const { email } = await someone(workspace);
  await page.goto("/sign-in");
  const button = page.getByRole("button", { name: "Sign in", exact: true });
  const waiting = page.getByText(/Try again in \d+ s\./);
  for (let tries = 0; tries < 12 && !(await waiting.isVisible()); tries += 1) {
    await fillIn(page, email, "not the right one");
    await expect(page.getByText("do not belong together").or(waiting)).toBeVisible();
    await expect(page.locator("form[aria-busy]")).toHaveCount(0);
  }
  await expect(waiting).toBeVisible();
  await expect(button).toBeDisabled();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("not the right one");

  await expect(button).toBeEnabled({ timeout: 20_000 });
  await expect(waiting).toBeHidden();
  await fillIn(page, email, password);
  await expect(page).toHaveURL(/\/overview$/);
});

test("a mailed link signs in by a press, not by being opened, and only once", async ({
  page,
  workspace,
  browser,
  baseURL,
}) => {
  const { email } = await someone(workspace);
  await page.goto("/sign-in?next=/settings/profile");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me a link instead" }).click();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await page.getByRole("button", { name: "Send me a link", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeFocused();

  const { link } = await letterTo(email);
  const scanner = await browser.newContext({ baseURL });
  const scanned = await scanner.newPage();
  await scanned.goto(link);
  await expect(scanned.getByRole("button", { name: "Sign in" })).toBeEnabled();
  expect((await scanner.cookies()).map(({ name }) => name)).not.toContain("sid");

  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/settings\/profile$/);

  await scanned.getByRole("button", { name: "Sign in" }).click();
  await expect(scanned.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await scanned.getByLabel("E-mail").fill(email);
  await scanned.getByRole("button", { name: "Send a new link" }).click();
  await expect(scanned.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
  await scanner.close();
});

test("the page says the same to an address that nobody has", async ({ page }) => {
  const email = newAddress("nobody");
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
  await expect(page.getByText(`If ${email} has an account here`)).toBeVisible();
  await expect(letterTo(email)).rejects.toThrow();
});

test("a forgotten password is chosen anew: the old one is refused, the new one opens", async ({ page, workspace }) => {
  const { email } = await someone(workspace);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("link", { name: "Forgot the password?" }).click();
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  // The address that was typed goes along.
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();

  const { link } = await letterTo(email);
  await page.goto(link);
  const field = page.getByLabel("New password", { exact: true });
  await field.fill("too short");
  await expect(page.getByText("9 of at least 12 characters")).toBeVisible();
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.fill("another ledger, kept exactly");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);

  await fillIn(page, email, password);
  await expect(page.getByText("do not belong together")).toBeVisible();
  await fillIn(page, email, "another ledger, kept exactly");
  await expect(page).toHaveURL(/\/overview$/);

  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("a third ledger, kept exactly");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});

test("with a second factor on, the password alone opens nothing", async ({ page, workspace, baseURL }) => {
  const { email, personId } = await someone(workspace);
  const secret = newTotpSecret();
  const recovery = "abcde-fghij";
  const totpSecret = shellCall().ports.secrets.seal(secret, `person_secrets:totp_secret::${personId}`);
  await asGate((db) => saveSecrets(db, personId, { totpSecret, totpConfirmedAt: new Date() }));
  await asGate((db) => replaceRecoveryCodes(db, personId, [hashSecret(normaliseRecoveryCode(recovery))]));

  await page.goto("/sign-in?next=/settings/profile");
  await fillIn(page, email, password);
  await expect(page).toHaveURL(/\/sign-in\/code\?next=%2Fsettings%2Fprofile$/);
  await page.goto("/overview");
  await expect(page).toHaveURL(`${baseURL}/sign-in/code?next=%2Foverview`);
  await page.goto("/sign-in/code?next=/settings/profile");

  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeFocused();
  const right = totpCode(secret, totpStep(new Date()));
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
  await code.fill(wrong);
  await expect(code).toHaveAttribute("aria-invalid", "true");
  // As apps show it, with a space in the middle; the sixth digit sends it.
  await code.fill(`${right.slice(0, 3)} ${right.slice(3)}`);
  await expect(page).toHaveURL(/\/settings\/profile$/);

  await forgetSession(page);
  await page.goto("/sign-in");
  await fillIn(page, email, password);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(recovery);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL(/\/overview$/);

  await forgetSession(page);
  await page.goto("/sign-in");
  await fillIn(page, email, password);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(recovery);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("was used before").first()).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("whoever was signed out is told why", async ({ page, context, workspace, baseURL }) => {
  const { personId } = await someone(workspace);
  const idleSince = new Date(Date.now() - sessionLife.idleMs - hourMs);
  const idle = await cookieOf(personId, { activeTenantId: workspace.tenantId, now: idleSince });
  await carry(context, idle.cookie, baseURL);
  await page.goto("/settings/members");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fsettings%2Fmembers&because=idle$/);
  await expect(page.getByText("You were signed out after 12 hours without use.")).toBeVisible();

  const expired = await cookieOf(personId, { now: new Date(Date.now() - sessionLife.absoluteMs - hourMs) });
  await carry(context, expired.cookie, baseURL);
  await page.goto("/");
  await expect(page.getByText("a session lasts 30 days at most")).toBeVisible();
});

test("the password is shown on wish, and Caps Lock gets a word", async ({ page }) => {
  await page.goto("/sign-in");
  const field = page.getByLabel("Password", { exact: true });
  await field.fill("cloth");
  await expect(field).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(field).toHaveAttribute("type", "text");
  await expect(field).toHaveValue("cloth");
  await page.getByRole("button", { name: "Hide password" }).click();
  await expect(field).toHaveAttribute("type", "password");

  await field.evaluate((input) =>
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "A", bubbles: true, modifierCapsLock: true })),
  );
  await expect(page.getByText("Caps Lock is on.")).toBeVisible();
});

test("the address itself leads to the right door", async ({ page, signedInPage }) => {
  await signedInPage.goto("/");
  await expect(signedInPage).toHaveURL(/\/overview$/);
  await forgetSession(page);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("someone in no workspace creates one, and someone taken out of one opens another", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const stranger = await makePerson({ name: "Mirlande Cadet" });
  await carry(context, (await cookieOf(stranger.id)).cookie, baseURL);
  await page.goto("/overview");
  await expect(page).toHaveURL(/\/welcome$/);
  await page.getByLabel("Name of the workspace").fill("Atelye Mirlande");
  await page.getByRole("button", { name: "Create the workspace" }).click();
  await expect(page).toHaveURL(/\/overview$/);
  await page.goto("/welcome");
  await expect(page).toHaveURL(/\/overview$/);

  const { personId } = await someone(workspace);
  await forgetSession(page);
  await carry(context, (await cookieOf(personId)).cookie, baseURL);
  await page.goto("/overview");
  await page.getByRole("button", { name: `Open ${workspace.handle}` }).click();
  await expect(page).toHaveURL(/\/overview$/);
});

test("the development box is not there where the database is somebody's own", async ({ page }) => {
  expect((await page.goto("/dev/mail"))?.status()).toBe(404);
});
