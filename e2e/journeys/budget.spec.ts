import { gzipSync } from "node:zlib";
import { expect, test } from "../fixtures";
import { makeReachablePerson } from "../reachable-person";

/** The bar of the first load: what a dashboard page ships as JavaScript before anybody touches it. */
const mostKilobytes = 220;

for (const path of [
  "/overview",
  "/agents",
  "/audit",
  "/runs",
  "/contacts/import",
  "/contacts/imports",
  "/segments",
  "/segments/new?example=warm",
  "/contacts",
  "/contacts/[id]",
  "/contacts/duplicates",
  "/tasks",
  "/settings/contacts",
  "/settings/consent",
  "/settings/data-protection",
  "/settings/workspace",
  "/settings/members",
  "/settings/security",
]) {
  test(`${path} ships at most ${mostKilobytes} kB of JavaScript`, async ({ signedInPage, workspace }) => {
    const { id } = await makeReachablePerson(workspace.tenantId);
    const scripts = new Map<string, Promise<number>>();
    let isLoaded = false;
    signedInPage.on("response", (response) => {
      // What is asked for later, when nobody waits for it any more, is not the first load.
      if (isLoaded || !response.url().includes("/_next/static/") || !/\.js(\?|$)/.test(response.url())) return;
      scripts.set(
        response.url(),
        response.body().then((body) => gzipSync(body, { level: 9 }).length),
      );
    });
    await signedInPage.goto(path.replace("[id]", id), { waitUntil: "load" });
    isLoaded = true;
    const sizes = await Promise.all(scripts.values());
    const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
    expect(sizes.length).toBeGreaterThan(3);
    expect(kilobytes, `${kilobytes.toFixed(1)} kB`).toBeLessThanOrEqual(mostKilobytes);
  });
}
