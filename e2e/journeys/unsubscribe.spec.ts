import { makeTopic } from "@/db/factories/consent";
import { expect, newAddress, test } from "../fixtures";
import { makeReachablePerson } from "../reachable-person";

/** A person with an address in the journey's workspace, their links, and what we may send them. */
async function arrive(
  workspace: { tenantId: Parameters<typeof makeReachablePerson>[0]; key: string },
  baseURL: string,
) {
  const { id } = await makeReachablePerson(workspace.tenantId, { email: newAddress("josette"), phone: "+50934123456" });
  const headers = { authorization: `Bearer ${workspace.key}`, "content-type": "application/json" };
  const api = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(new URL(`/api/v1/contacts/${id}/${path}`, baseURL), {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(answer.ok, await answer.clone().text()).toBe(true);
    return answer.json();
  };
  const may = async (purpose = "marketing") =>
    (await api("GET", `may-contact?channel=email&purpose=${purpose}`)).items[0].because as string;
  await api("POST", "consents", { channel: "email", state: "granted", source_detail: "Checkout" });
  const links = await api("POST", "preference-link", { channel: "email" });
  const here = (url: string) => new URL(new URL(url).pathname, baseURL).href;
  const header = /<(.+)>/.exec(links.list_unsubscribe_headers["List-Unsubscribe"])?.[1] ?? "";
  return { may, wayOut: here(links.unsubscribe_url), own: here(links.preferences_url), oneClick: here(header) };
}

test("the mail program's one click stops marketing at once; looking never does", async ({
  workspace,
  baseURL,
  page,
}) => {
  const person = await arrive(workspace, baseURL ?? "");
  // A scanner fetches every address of the letter, and is led to the page.
  expect((await page.request.get(person.oneClick)).url()).toContain("/unsubscribe/");
  expect((await fetch(person.wayOut)).status).toBe(200);
  expect(await person.may()).toBe("allowed");

  const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } };
  const wrong = await fetch(person.oneClick, { ...form, body: "something=else", redirect: "manual" });
  expect(wrong.status).toBe(400);
  expect(await person.may()).toBe("allowed");
  for (let round = 0; round < 2; round++) {
    const answer = await fetch(person.oneClick, { ...form, body: "List-Unsubscribe=One-Click", redirect: "manual" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toBeNull();
  }
  expect(await person.may()).toBe("opted_out");
  expect(await person.may("transactional")).toBe("allowed");
});

test("the one click also comes as multipart, as some programs send it", async ({ workspace, baseURL }) => {
  const person = await arrive(workspace, baseURL ?? "");
  const body = new FormData();
  body.set("List-Unsubscribe", "One-Click");
  expect((await fetch(person.oneClick, { method: "POST", body })).status).toBe(200);
  expect(await person.may()).toBe("opted_out");
});

test("a person leaves by the button, without a script and by keyboard", async ({ workspace, baseURL, browser }) => {
  const person = await arrive(workspace, baseURL ?? "");
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await page.goto(person.wayOut);
  await expect(page.getByRole("heading", { name: /^Stop marketing by Email/ })).toBeVisible();
  await page.getByRole("button", { name: "Unsubscribe" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "You are unsubscribed" })).toBeVisible();
  expect(await person.may()).toBe("opted_out");
  await page.getByRole("link", { name: "Choose what you receive" }).click();
  await expect(page.getByRole("heading", { name: "What you receive" })).toBeVisible();
  await context.close();
});

test("in the preference centre every change counts at once and has a way back", async ({
  workspace,
  baseURL,
  page,
}) => {
  const person = await arrive(workspace, baseURL ?? "");
  const topic = await makeTopic(workspace.tenantId, { name: "News from the loom" });
  await makeTopic(workspace.tenantId, { name: "Only for us", isPublic: false });
  await page.goto(person.own);
  await expect(page.getByText("j•••@example.test")).toBeVisible();
  await expect(page.getByText("Only for us")).toHaveCount(0);

  await page.getByRole("button", { name: "Turn off: Email" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(await person.may()).toBe("opted_out");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Turn off: Email" })).toBeVisible();
  expect(await person.may()).toBe("allowed");

  await page.getByRole("button", { name: `Turn off: ${topic.name}` }).click();
  await expect(page.getByRole("button", { name: `Turn on: ${topic.name}` })).toBeVisible();
  expect(await person.may()).toBe("allowed");

  await page.getByRole("button", { name: "Send me nothing at all" }).click();
  await expect(page.getByText("You receive nothing at all")).toBeVisible();
  expect(await person.may("transactional")).toBe("suppressed");
});

test("a link that is not ours opens nothing, and one kind opens no other door", async ({
  workspace,
  baseURL,
  page,
}) => {
  const person = await arrive(workspace, baseURL ?? "");
  const token = person.own.split("/").at(-1) ?? "";
  // Every letter of a token counts, so the one in its middle does.
  const forged = `${token.slice(0, 40)}${token[40] === "A" ? "B" : "A"}${token.slice(41)}`;
  for (const path of [`/unsubscribe/${token}`, `/confirm/${token}`, "/preferences/made-up", `/preferences/${forged}`]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "This link does not lead anywhere" })).toBeVisible();
  }
  const form = { change: "nothing" };
  expect((await page.request.post(`/api/preferences/${forged}`, { form })).status()).toBe(404);
  expect(
    (await page.request.post(`/api/unsubscribe/${token}`, { form: { "List-Unsubscribe": "One-Click" } })).status(),
  ).toBe(404);
  expect(await person.may()).toBe("allowed");
});

test("a topic that is not public does not exist for the world (B26)", async ({ workspace, baseURL, page }) => {
  const person = await arrive(workspace, baseURL ?? "");
  const hidden = await makeTopic(workspace.tenantId, { isPublic: false });
  const token = person.own.split("/").at(-1) ?? "";
  for (const topic of [hidden.id, "top_zzz", "00000000-0000-4000-8000-000000000000"]) {
    const form = { change: "topic", topic, is_on: "1" };
    expect((await page.request.post(`/api/preferences/${token}`, { form })).status()).toBe(404);
  }
});
