import { makeMember } from "@/db/factories/access";
import { saveSecrets } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import { totpCode, totpStep } from "@/lib/domain/access/one-time-code";
import { createPasswords } from "@/lib/providers/passwords";
import { expect, letterTo, newAddress, test } from "../fixtures";

test("the workspace's settings are saved, noted in the log, and taken back with undo", async ({
  signedInPage: page,
}) => {
  await page.goto("/settings/workspace");
  const address = page.getByLabel("Postal address");
  await address.fill("12 rue Pavée\nPort-au-Prince");
  await page.getByRole("combobox", { name: "Currency" }).click();
  await page.getByPlaceholder("Find a currency").fill("gourde");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save the settings" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();

  await page.reload();
  await expect(address).toHaveValue("12 rue Pavée\nPort-au-Prince");
  await expect(page.getByRole("combobox", { name: "Currency" })).toContainText("HTG");
  await page.goto("/audit");
  await expect(page.getByText("changed the currency and postal address of the workspace")).toBeVisible();

  await page.goto("/settings/workspace");
  await page.getByLabel("Name", { exact: true }).fill("Another name");
  await page.getByRole("button", { name: "Save the settings" }).click();
  await expect(page.getByRole("button", { name: /Another name/ })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Name", { exact: true })).not.toHaveValue("Another name");
});

test("an origin that is none is refused beside its field, and nothing typed is lost", async ({
  signedInPage: page,
}) => {
  await page.goto("/settings/workspace");
  const origins = page.getByLabel(/Web origins/);
  await origins.fill("https://shop.example\nshop.example/path");
  await page.getByRole("button", { name: "Save the settings" }).click();
  await expect(page.getByText("One thing to put right")).toBeVisible();
  await expect(origins).toHaveAttribute("aria-invalid", "true");
  await expect(origins).toHaveValue("https://shop.example\nshop.example/path");
});

test("somebody is invited, gets a letter, and the invitation is withdrawn", async ({ signedInPage: page }) => {
  const email = newAddress("fritznel");
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Invite someone" }).first().click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("radio", { name: /Approver/ }).check();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText(`${email} is invited`)).toBeVisible();
  const invitations = page.getByRole("table", { name: "Invitations" });
  await expect(invitations.getByRole("row", { name: new RegExp(email) })).toContainText("Waiting");
  expect((await letterTo(email)).link).toContain("/invitations#");

  await page.getByRole("button", { name: `Acts for ${email}` }).click();
  await page.getByRole("menuitem", { name: "Withdraw it" }).click();
  await page.getByRole("button", { name: "Withdraw it" }).click();
  await expect(invitations.getByRole("row", { name: new RegExp(email) })).toContainText("Withdrawn");
});

test("a role is changed with a press, and z takes it back", async ({ signedInPage: page, workspace }) => {
  await makeMember(workspace.tenantId, { role: "viewer", name: "Claudine Baptiste" });
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Role of Claudine Baptiste: Viewer" }).click();
  await page.getByRole("menuitem", { name: /^Approver/ }).click();
  await expect(page.getByText("Claudine Baptiste is an approver now")).toBeVisible();
  await page.keyboard.press("z");
  await expect(page.getByText("Claudine Baptiste is a viewer now")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Role of Claudine Baptiste: Viewer" })).toBeVisible();
});

test("a member is removed only after their name was typed; the last owner cannot go", async ({
  signedInPage: page,
  workspace,
}) => {
  await makeMember(workspace.tenantId, { role: "marketer", name: "Nadège Louis" });
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Acts for Nadège Louis" }).click();
  await page.getByRole("menuitem", { name: "Remove Nadège Louis" }).click();
  const remove = page.getByRole("button", { name: "Remove", exact: true });
  await expect(remove).toBeDisabled();
  await page.getByLabel(/to go on/).fill("Nadège Louis");
  await remove.click();
  await expect(page.getByText("Nadège Louis was removed")).toBeVisible();
  await expect(page.getByRole("button", { name: "Acts for Nadège Louis" })).toHaveCount(0);

  await page.getByRole("button", { name: `Acts for Owner of ${workspace.handle}` }).click();
  await expect(page.getByRole("menuitem", { name: /Leave the workspace/ })).toBeDisabled();
});

test("a viewer sees the settings and may change none of them", async ({ pageOf }) => {
  const page = await pageOf("viewer");
  await page.goto("/settings/workspace");
  await expect(page.getByLabel("Name", { exact: true })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Save the settings" })).toHaveCount(0);
  await page.goto("/settings/members");
  await expect(page.getByRole("table", { name: "Members" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Invite someone" })).toHaveCount(0);
  await page.goto("/audit");
  await expect(page.getByText("This room is for owners and admins")).toBeVisible();
});

test("a second factor is turned on by a right code, and its recovery codes are kept first", async ({
  signedInPage: page,
}) => {
  await page.goto("/settings/security");
  await page.getByRole("button", { name: "Set it up" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = (await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent())?.replace(/\s/g, "") ?? "";
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText(/This code is not right/)).toBeVisible();
  await page.getByLabel("Code from the app").fill(totpCode(secret, totpStep(new Date())));
  await page.getByRole("button", { name: "Turn it on" }).click();

  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  await expect(page.getByRole("button", { name: "Done" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("checkbox", { name: /I have kept them/ }).check();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();
});

test("other sessions are listed and ended; a new password ends them too", async ({
  signedInPage: page,
  workspace,
  pageOf,
}) => {
  const { hash } = createPasswords();
  await asGate(async (db) => saveSecrets(db, workspace.ownerId, { passwordHash: await hash("a first good password") }));
  await workspace.signIn();
  await workspace.signIn();
  await page.goto("/settings/security");
  const end = page.getByRole("button", { name: /^End the session/ });
  await expect(end).toHaveCount(2);
  await end.first().click();
  await expect(end).toHaveCount(1);

  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByLabel("Current password").fill("not this one at all");
  await page.getByLabel("New password").fill("tablecloths sold by the sea");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await page.getByLabel("Current password").fill("a first good password");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("Password changed. 1 other session has ended.")).toBeVisible();
  await expect(end).toHaveCount(0);
  // Somebody else's session is none of this.
  const other = await pageOf("admin");
  await other.goto("/overview");
  await expect(other.getByRole("heading", { level: 1 })).toBeVisible();
});

test("one's own name and zone are saved and shown everywhere at once", async ({ signedInPage: page }) => {
  await page.goto("/settings/profile");
  await page.getByLabel("Name", { exact: true }).fill("Rose-Laure Pierre");
  await page.getByRole("button", { name: "Save your profile" }).click();
  await expect(page.getByText("Profile saved")).toBeVisible();
  await expect(page.getByRole("button", { name: "Your account: Rose-Laure Pierre" })).toBeVisible();
  await page.goto("/overview");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/, Rose-Laure$/);
});

test("a second workspace is created from the switcher, and each tab keeps to its own", async ({
  signedInPage: page,
  workspace,
}) => {
  await page.goto("/overview");
  const first = await page.context().newPage();
  await first.goto("/settings/members");
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("button", { name: "Create a workspace" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Boutik Jakmèl");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("button", { name: "Workspace: Boutik Jakmèl" })).toBeVisible();

  // The other tab still shows the first workspace, and what it changes belongs there.
  await first.getByRole("link", { name: "Audit" }).click();
  await expect(first.getByText(`created the key Key of ${workspace.handle}`)).toBeVisible();

  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("button", { name: new RegExp(`^${workspace.handle}`) }).click();
  await expect(page.getByRole("button", { name: `Workspace: ${workspace.handle}` })).toBeVisible();
});

test("signing out ends the session and leads to the door", async ({ signedInPage: page }) => {
  await page.goto("/overview");
  await page.getByRole("button", { name: /^Your account:/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/audit?q=key");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faudit%3Fq%3Dkey/);
});
