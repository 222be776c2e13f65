import { type Browser, type BrowserContext, test as base, type Page } from "@playwright/test";
import { makeMember } from "@/db/factories/access";
import { listMails } from "@/db/queries/access/mail-outbox";
import { asGate } from "@/db/system";
import type { Role } from "@/lib/domain/access/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { cookieOf } from "./call-api";
import { type FurnishedWorkspace, freshWorkspace } from "./workspace";

/** What journeys stand on: a workspace of their own, people signed in by cookie, and the letters that were sent. */
type Fixtures = {
  workspace: FurnishedWorkspace;
  /** The owner's browser, signed in. */
  signedInPage: Page;
  /** Somebody else of this role in the same workspace, in a browser of their own. */
  pageOf: (role: Role) => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  workspace: async ({}, use) => {
    await use(await freshWorkspace(`journey-${uuidv7().slice(-12)}`));
  },
  signedInPage: async ({ context, page, workspace, baseURL }, use) => {
    const { cookie } = await workspace.signIn();
    await carry(context, cookie, baseURL ?? "");
    await use(page);
  },
  pageOf: async ({ browser, workspace, baseURL }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (role) => {
      const member = await makeMember(workspace.tenantId, { role });
      const { cookie } = await cookieOf(member.personId, { activeTenantId: workspace.tenantId });
      const context = await (browser as Browser).newContext({ baseURL });
      opened.push(context);
      await carry(context, cookie, baseURL ?? "");
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});

export { expect } from "@playwright/test";

async function carry(context: BrowserContext, cookie: string, url: string): Promise<void> {
  const [name = "", ...rest] = cookie.split("=");
  await context.addCookies([{ name, value: rest.join("="), url, httpOnly: true, sameSite: "Lax" }]);
}

/** The newest letter to somebody, as the development box would show it. */
export async function letterTo(recipient: string): Promise<{ subject: string; text: string; link: string }> {
  const mails = await asGate((db) => listMails(db, 500));
  const mail = mails.find((candidate) => candidate.recipient === recipient);
  if (!mail) throw new Error(`There is no letter to ${recipient}.`);
  return { subject: mail.subject, text: mail.text, link: /https?:\/\/\S+/.exec(mail.text)?.[0] ?? "" };
}

/** An address that nobody else uses. */
export const newAddress = (name = "someone") => `${name}-${uuidv7().slice(-12)}@example.test`;
