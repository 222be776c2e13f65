import { expect, newAddress, test } from "../fixtures";
import { makeReachablePerson } from "../reachable-person";

test("a request is opened, erases the person when it is closed, and leaves a proof that names nobody", async ({
  workspace,
  signedInPage: page,
}) => {
  const email = newAddress("mirlande");
  const { id } = await makeReachablePerson(workspace.tenantId, { email, name: "Mirlande Zefirin" });
  const open = await page.request.post("/api/v1/data-requests", {
    headers: { authorization: `Bearer ${workspace.key}` },
    data: { kind: "erasure", contact_id: id, asked_by: "Mirlande, by letter" },
  });
  expect(open.status()).toBe(201);

  await page.goto("/settings/data-protection");
  const row = page.getByRole("row", { name: /Erasure/ });
  await expect(row).toContainText("30 days left");
  await row.getByRole("button", { name: "Acts for Erasure" }).click();
  await page.getByRole("menuitem", { name: "Erase and close" }).click();
  await expect(page.getByRole("button", { name: "Erase them" })).toBeDisabled();
  await page.getByLabel(/to go on/).fill("erase");
  await page.getByRole("button", { name: "Erase them" }).click();
  await expect(row).toContainText("Done");
  await expect(page.getByRole("table", { name: "Proofs of erasure" }).getByRole("row")).toHaveCount(2);
  await expect(page.locator("body")).not.toContainText("Mirlande");

  await page.goto("/settings/consent");
  await page.getByLabel("E-mail address or phone number").fill(email);
  await page.getByRole("button", { name: "Look it up" }).click();
  await expect(page.getByRole("status").filter({ hasText: "is on the list" })).toContainText("erased");
});

test("a case is opened by hand, and refused with the reason", async ({ signedInPage: page }) => {
  await page.goto("/settings/data-protection");
  await page.getByRole("button", { name: "Open a case" }).first().click();
  await page.getByRole("radio", { name: /Objection/ }).check();
  await page.getByLabel("How they named themselves").fill("A neighbour");
  await page.getByRole("dialog").getByRole("button", { name: "Open the case" }).click();
  const row = page.getByRole("row", { name: /Objection/ });
  await expect(row).toContainText("A neighbour");
  await row.getByRole("button", { name: "Acts for Objection" }).click();
  await page.getByRole("menuitem", { name: "Refuse" }).click();
  await page.getByLabel("Why not").fill("Not one of our customers");
  await page.getByRole("button", { name: "Refuse" }).click();
  await expect(row).toContainText("Refused");
});

test("an address is looked up, blocked and lifted with a reason", async ({ signedInPage: page }) => {
  const email = newAddress("blocked");
  await page.goto("/settings/consent");
  await page.getByLabel("E-mail address or phone number").fill(email);
  await page.getByRole("button", { name: "Look it up" }).click();
  await expect(page.getByText("is not on the list")).toBeVisible();
  await page.getByRole("button", { name: "Block it" }).click();
  await expect(page.getByRole("row", { name: /Blocked by hand/ })).toContainText("In force");
  await page
    .getByRole("row", { name: /Blocked by hand/ })
    .getByRole("button", { name: "Lift" })
    .click();
  await page.getByLabel("Why").fill("It was a typing error");
  await page.getByRole("button", { name: "Lift it" }).click();
  await expect(page.getByRole("row", { name: /Blocked by hand/ })).toContainText("Lifted");
  await expect(page.getByRole("table", { name: "Suppressions" })).not.toContainText(email);
});

test("who is no admin finds the room closed, and says who opens it", async ({ pageOf }) => {
  const page = await pageOf("marketer");
  await page.goto("/settings/data-protection");
  await expect(page.getByRole("heading", { name: "This room is for owners and admins" })).toBeVisible();
});
