import { eventPayload, makeEvent, makeFunction, makeRun, makeStep } from "@/db/factories/engine";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { minuteMs } from "@/lib/kernel/time";
import { expect, test } from "../fixtures";

// No process serves these functions, so their rows stay as they are made while an engine runs beside.
const scoring = "made-up-score-contact";
const sending = "made-up-send-letter";
const address = (run: { id: string }) => `/runs/${toWireId("run", run.id)}`;

async function brokenRun(tenantId: TenantId) {
  const at = new Date(Date.now() - 5 * minuteMs);
  const run = await makeRun(tenantId, { scene: "failed", functionId: scoring, at, tookMs: 2_000 });
  const began = (ms: number) => new Date(at.getTime() + ms);
  await makeStep(tenantId, run.id, { name: "load the facts", startedAt: began(20), endedAt: began(400) });
  await makeStep(tenantId, run.id, {
    ...{ name: "ask the vendor", state: "failed", attempts: 5 },
    ...{ startedAt: began(400), endedAt: began(1_900) },
  });
  return run;
}

test("a run that failed is found, opened, and says why", async ({ signedInPage: page, workspace }) => {
  const { tenantId } = workspace;
  const run = await brokenRun(tenantId);
  await makeRun(tenantId, { functionId: sending });
  await page.goto("/runs");
  const table = page.getByRole("table", { name: "Runs", exact: true });
  await expect(table.getByRole("row")).toHaveCount(3);

  // By keyboard: the failed ones, the first of them, its page.
  await expect(async () => {
    await page.keyboard.press("f");
    await expect(page).toHaveURL(/status=failed/, { timeout: 500 });
  }).toPass();
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(table.getByRole("row", { name: /Score contact/i })).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(address(run)));

  await expect(page.getByRole("heading", { level: 1 })).toContainText(/score contact/i);
  await expect(page.getByText("The function failed and all its tries are used up.")).toBeVisible();
  const broken = page.getByRole("button", { name: /ask the vendor/ });
  await expect(broken).toHaveAttribute("aria-expanded", "true");
  await expect(broken).toContainText("5 tries");
  await expect(page.getByText("ECONNREFUSED").first()).toBeVisible();
  const first = page.getByRole("button", { name: /load the facts/ });
  await first.click();
  await expect(first).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("group", { name: "Output" })).toContainText('"facts": 12');
});

test("runs are narrowed in the address, and words find function, event and id", async ({
  signedInPage: page,
  workspace,
}) => {
  const { tenantId } = workspace;
  await makeRun(tenantId, { functionId: scoring, scene: "failed", reason: "over_limit" });
  const sleeping = await makeRun(tenantId, { functionId: sending, scene: "sleeping" });
  const table = page.getByRole("table", { name: "Runs", exact: true });
  await page.goto(`/runs?function=${sending}`);
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table).toContainText("Sleeping");
  await expect(table).toContainText("wakes in");
  await page.goto("/runs?status=failed");
  await expect(table).toContainText("It went over a limit");
  await page.getByRole("button", { name: "Remove filter: Status" }).click();
  await expect(table.getByRole("row")).toHaveCount(3);
  await page.getByRole("searchbox", { name: "Search the runs" }).fill(toWireId("run", sleeping.id));
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(page).toHaveURL(/q=run_/);
  await page.getByRole("searchbox", { name: "Search the runs" }).fill("nothing like it");
  await expect(page.getByText("No run matches these filters.")).toBeVisible();
});

test("a run that failed is replayed once, and the new one is open", async ({ signedInPage: page, workspace }) => {
  const run = await brokenRun(workspace.tenantId);
  await page.goto(address(run));
  const fromFailure = page.getByRole("menuitem", { name: /From where it failed/ });
  await expect(async () => {
    if (!(await fromFailure.isVisible())) await page.getByRole("button", { name: "Replay" }).click();
    await expect(fromFailure).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await fromFailure.click();
  await expect(page).not.toHaveURL(new RegExp(address(run)));
  await expect(page.getByText("is what this one replays")).toBeVisible();
  // What was done comes along.
  await expect(page.getByRole("button", { name: /load the facts/ })).toContainText("taken over");
  await page.goto(address(run));
  await expect(page.getByText("replays it from where it failed")).toBeVisible();
  await expect(page.getByRole("button", { name: "Replay" })).toHaveAttribute("aria-disabled", "true");
  await page.goto("/audit?action=run.replayed");
  await expect(page.getByText("from where it failed").first()).toBeVisible();
});

test("a run that sleeps is cancelled after a question", async ({ signedInPage: page, workspace }) => {
  const run = await makeRun(workspace.tenantId, { functionId: sending, scene: "sleeping" });
  await page.goto(address(run));
  const dialog = page.getByRole("dialog");
  await expect(async () => {
    await page.keyboard.press("c");
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await dialog.getByRole("button", { name: "Cancel the run" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Somebody cancelled it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Replay" })).toBeVisible();
});

test("an open list shows what comes, without a reload", async ({ signedInPage: page, workspace }) => {
  const { tenantId } = workspace;
  await makeRun(tenantId, { functionId: sending, scene: "sleeping" });
  await page.goto("/runs");
  const table = page.getByRole("table", { name: "Runs", exact: true });
  await expect(table.getByRole("row")).toHaveCount(2);
  await makeRun(tenantId, { functionId: scoring });
  await expect(table.getByRole("row")).toHaveCount(3, { timeout: 15_000 });
});

test("an event shows its data as text and leads to its runs", async ({ signedInPage: page, workspace }) => {
  const { tenantId } = workspace;
  const markup = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`;
  const event = await makeEvent(tenantId, { name: "letter/queued", data: { markup, camelKey: 1, snake_key: 2 } });
  const run = await makeRun(tenantId, { functionId: sending, events: [event.payload], eventName: "letter/queued" });
  await page.goto("/runs?tab=events");
  const drawer = page.getByRole("dialog");
  // A press before the page is alive is given again, as a person would.
  await expect(async () => {
    if (!(await drawer.isVisible())) await page.getByRole("row", { name: /letter\/queued/ }).click({ timeout: 1_000 });
    await expect(drawer).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(drawer.getByRole("group", { name: "Data" })).toContainText("onerror");
  await expect(drawer.getByRole("group", { name: "Data" })).toContainText('"camelKey": 1');
  await expect(drawer.getByRole("group", { name: "Data" })).toContainText('"snake_key": 2');
  await expect(page).toHaveURL(/event=evt_/);
  expect(await page.title()).not.toBe("taken");
  expect(await drawer.locator("img").count()).toBe(0);
  await drawer.getByRole("link", { name: /send letter/i }).click();
  await expect(page).toHaveURL(new RegExp(address(run)));
  await expect(page.getByRole("group", { name: "Data" })).toContainText("onerror");
  expect(await page.title()).not.toBe("taken");
});

test("a function leads to its runs, with what starts and limits it", async ({ signedInPage: page, workspace }) => {
  const id = `made-up-nightly-${uuidv7().slice(-8)}`;
  await makeFunction({
    id,
    config: { triggers: [{ kind: "event", event: "night/fallen" }], tries: 3, concurrency: [{ limit: 1, key: null }] },
  });
  await makeRun(workspace.tenantId, {
    functionId: id,
    events: [eventPayload(workspace.tenantId, { name: "night/fallen" })],
  });
  await page.goto("/runs");
  await page.getByRole("tab", { name: "Functions" }).click();
  const row = page.getByRole("row", { name: new RegExp(id.slice(-8)) });
  await expect(row).toContainText("on night/fallen");
  await expect(row).toContainText("At most 3 tries, one at a time");
  await expect(async () => {
    if (await row.isVisible()) await row.click({ timeout: 1_000 });
    await expect(page).toHaveURL(new RegExp(`function=${id}`), { timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("table", { name: "Runs", exact: true }).getByRole("row")).toHaveCount(2);
  await expect(page.getByText("No running process knows it at the moment.")).toBeVisible();
});

test("another workspace's run is not there, and a viewer does not come in", async ({
  signedInPage: page,
  pageOf,
  workspace,
}) => {
  const strangers = await makeRun(uuidv7());
  const response = await page.goto(address(strangers));
  expect(response?.status()).toBe(404);
  await expect(page.getByText("There is no page here")).toBeVisible();

  const own = await makeRun(workspace.tenantId);
  const viewer = await pageOf("viewer");
  for (const path of ["/runs", address(own)]) {
    await viewer.goto(path);
    await expect(viewer.getByText("This room is for owners and admins")).toBeVisible();
  }
  await expect(viewer.getByRole("link", { name: "Runs" })).toHaveCount(0);
});
