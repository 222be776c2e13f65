import { NextRequest } from "next/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeMember, makePerson, makeWorkspace } from "@/db/factories/access";
import { listMails } from "@/db/queries/access/mail-outbox";
import { findPersonByEmail } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import { callApi, cookieOf, ownOrigin } from "@/e2e/call-api";
import { totpCode, totpStep } from "@/lib/domain/access/one-time-code";
import { publicUrl } from "@/lib/env";
import { uuidv7 } from "@/lib/kernel/ids";
import { ports, shellCall } from "@/lib/ports";
import { checkOauth } from "@/lib/services/access/sign-in";
import { auth, safeReturn } from "./auth";

/** The real handlers of next-auth, the real hash, the real rows: what a browser does, without the browser. */
const password = "correct horse battery";
// A hash takes half a second on purpose, and some of these need a dozen.
vi.setConfig({ testTimeout: 90_000 });
let hashed: Promise<string> | undefined;

async function person(overrides: { email?: string } = {}) {
  const { tenantId } = await makeWorkspace();
  const email = overrides.email ?? `p-${uuidv7()}@example.test`;
  hashed ??= ports().passwords.hash(password);
  const passwordHash = await hashed;
  const member = await makeMember(tenantId, { role: "owner", email, passwordHash });
  return { tenantId, email, personId: member.personId };
}

type SignIn = { cookie: string | null; code: string | null };

/** Every test comes from an address of its own, because addresses are counted too. */
let ip = "";
let lastOctet = 0;
beforeEach(() => {
  lastOctet += 1;
  ip = `198.51.${lastOctet}.7`;
});

async function signIn(
  provider: string,
  fields: Record<string, string>,
  jar = "",
  headers: Record<string, string> = {},
): Promise<SignIn> {
  const base = { "x-client-ip": ip, "user-agent": "Firefox/140 Linux", ...ownOrigin(), ...headers };
  const csrf = await auth().handlers.GET(new NextRequest(`${publicUrl()}/api/auth/csrf`, { headers: base }));
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const crumb = csrf.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
  const response = await auth().handlers.POST(
    new NextRequest(`${publicUrl()}/api/auth/callback/${provider}`, {
      method: "POST",
      headers: {
        ...base,
        cookie: [crumb, jar].filter(Boolean).join("; "),
        "content-type": "application/x-www-form-urlencoded",
        "x-auth-return-redirect": "1",
      },
      body: new URLSearchParams({ ...fields, csrfToken, callbackUrl: "/" }),
    }),
  );
  const { url } = (await response.json()) as { url: string };
  const set = response.headers.getSetCookie().find((cookie) => cookie.startsWith("sid="));
  return { cookie: set?.split(";")[0] ?? null, code: new URL(url, publicUrl()).searchParams.get("code") };
}

const me = (cookie: string | null) => callApi("GET", "/api/v1/me", { cookie: cookie ?? "" });
const newestLetter = async (to: string) => {
  const mails = await asGate((db) => listMails(db, 200));
  const mail = mails.find((letter) => letter.recipient === to);
  if (!mail) throw new Error(`No letter to ${to}.`);
  return { ...mail, token: /#([A-Za-z0-9_-]{43})/.exec(mail.text)?.[1] ?? "" };
};
const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

describe("signing in with a password", () => {
  it("opens a session whose cookie says nothing about the person", async () => {
    const { email } = await person();
    const { cookie } = await signIn("password", { email: ` ${email.toUpperCase()} `, password });
    expect((await me(cookie)).status).toBe(200);
    expect(Buffer.from(cookie ?? "", "utf8").toString()).not.toContain("example.test");
  });

  it("tells a wrong password and an unknown address apart neither by words nor by time", async () => {
    const { email } = await person();
    const timed = async (address: string) => {
      const began = performance.now();
      const { code, cookie } = await signIn("password", { email: address, password: "wrong wrong wrong" });
      return { code, cookie, ms: performance.now() - began };
    };
    await timed(`warm-${uuidv7()}@example.test`);
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 3; i++) {
      const a = await timed(email);
      const b = await timed(`nobody-${uuidv7()}@example.test`);
      expect([a.code, b.code, a.cookie, b.cookie]).toEqual(["refused", "refused", null, null]);
      known.push(a.ms);
      unknown.push(b.ms);
    }
    const ratio = Math.min(...known) / Math.min(...unknown);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.7);
  });

  it("makes a guesser wait, whether or not there is such an account, and even with the right password", async () => {
    for (const email of [(await person()).email, `nobody-${uuidv7()}@example.test`]) {
      for (let i = 0; i < 5; i++) await signIn("password", { email, password: "wrong wrong wrong" });
      expect((await signIn("password", { email, password })).code).toMatch(/^wait_[1-9]/);
    }
  });

  it("from a foreign page is refused", async () => {
    const { POST } = await import("@/app/api/auth/[...nextauth]/route");
    const response = await POST(
      new NextRequest(`${publicUrl()}/api/auth/callback/password`, {
        method: "POST",
        headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      }),
    );
    expect(response.status).toBe(403);
  });
});

describe("a session", () => {
  it("is over for everybody who holds its cookie once it is signed out or revoked (B13)", async () => {
    const { email } = await person();
    const { cookie } = await signIn("password", { email, password });
    const other = await signIn("password", { email, password });
    const list = (await json(await callApi("GET", "/api/v1/sessions", { cookie: cookie ?? "" }))) as {
      items: { id: string; is_current: boolean; device: string }[];
    };
    expect(list.items).toHaveLength(2);
    expect(list.items[0]?.device).toBe("Firefox on Linux");
    const target = list.items.find((session) => !session.is_current);
    expect((await callApi("DELETE", `/api/v1/sessions/${target?.id}`, { cookie: cookie ?? "" })).status).toBe(200);
    expect(await json(await me(other.cookie))).toMatchObject({ status: 401, reason: "session_over" });
  });

  it("of a person is nobody else's to end", async () => {
    const [a, b] = [await person(), await person()];
    const mine = await cookieOf(a.personId);
    const theirs = await cookieOf(b.personId);
    expect((await callApi("DELETE", `/api/v1/sessions/${theirs.sessionId}`, { cookie: mine.cookie })).status).toBe(404);
    expect((await me(theirs.cookie)).status).toBe(200);
  });

  it("ends with a password change everywhere else, and links mailed before open nothing (B13)", async () => {
    const { email } = await person();
    const { cookie } = await signIn("password", { email, password });
    const other = await signIn("password", { email, password });
    await callApi("POST", "/api/v1/sign-in-links", { headers: ownOrigin(), body: { email } });
    const { token } = await newestLetter(email);
    const change = (body: unknown) => callApi("POST", "/api/v1/me/password", { cookie: cookie ?? "", body });
    expect((await change({ current_password: "not it at all", new_password: "another good sentence" })).status).toBe(
      422,
    );
    const refused = await change({ current_password: password, new_password: "short" });
    expect((await json(refused)).errors).toMatchObject([{ pointer: "/new_password" }]);
    expect(await json(await change({ current_password: password, new_password: "another good sentence" }))).toEqual({
      revoked: 1,
    });
    expect((await me(other.cookie)).status).toBe(401);
    expect((await me(cookie)).status).toBe(200);
    expect((await signIn("link", { token })).cookie).toBeNull();
    expect((await signIn("password", { email, password })).code).toBe("refused");
    expect((await newestLetter(email)).subject).toBe("Your password was changed");
  });
});

describe("the second factor", () => {
  async function withSecondFactor() {
    const someone = await person();
    const { cookie } = await signIn("password", { email: someone.email, password });
    const started = (await json(await callApi("POST", "/api/v1/me/second-factor", { cookie: cookie ?? "" }))) as {
      secret: string;
    };
    const earlier = totpCode(started.secret, totpStep(new Date()) - 1);
    const confirmed = await callApi("POST", "/api/v1/me/second-factor/confirm", {
      cookie: cookie ?? "",
      body: { code: earlier },
    });
    const { recovery_codes: recovery } = (await json(confirmed)) as { recovery_codes: string[] };
    return { ...someone, cookie: cookie ?? "", secret: started.secret, recovery };
  }

  it("is asked for after the password, and until then nothing opens", async () => {
    const { email, secret } = await withSecondFactor();
    const half = await signIn("password", { email, password });
    expect(await json(await me(half.cookie))).toMatchObject({ status: 401, reason: "second_factor_missing" });
    expect((await signIn("second-factor", { code: "000000" }, half.cookie ?? "")).code).toBe("refused");
    const code = totpCode(secret, totpStep(new Date()));
    const whole = await signIn("second-factor", { code }, half.cookie ?? "");
    expect((await me(whole.cookie)).status).toBe(200);
    expect(whole.cookie).not.toBe(half.cookie);
    // Neither the half-open session nor the code is good a second time.
    expect((await me(half.cookie)).status).toBe(401);
    const again = await signIn("password", { email, password });
    expect((await signIn("second-factor", { code }, again.cookie ?? "")).code).toBe("refused");
  });

  it("is asked for after a mailed link too", async () => {
    const { email } = await withSecondFactor();
    await callApi("POST", "/api/v1/sign-in-links", { headers: ownOrigin(), body: { email } });
    const { cookie } = await signIn("link", { token: (await newestLetter(email)).token });
    expect(await json(await me(cookie))).toMatchObject({ reason: "second_factor_missing" });
  });

  it("can be replaced by a recovery code, each once", async () => {
    const { email, recovery } = await withSecondFactor();
    expect(recovery).toHaveLength(10);
    const half = await signIn("password", { email, password });
    const whole = await signIn("second-factor", { code: (recovery[0] ?? "").toUpperCase() }, half.cookie ?? "");
    expect(await json(await me(whole.cookie))).toMatchObject({
      person: { second_factor: "on", recovery_codes_left: 9 },
    });
    const next = await signIn("password", { email, password });
    expect((await signIn("second-factor", { code: recovery[0] ?? "" }, next.cookie ?? "")).code).toBe("refused");
  });

  it("cannot be guessed: after five wrong codes one waits", async () => {
    const { email } = await withSecondFactor();
    const half = await signIn("password", { email, password });
    for (let i = 0; i < 5; i++) await signIn("second-factor", { code: `00000${i}` }, half.cookie ?? "");
    expect((await signIn("second-factor", { code: "999999" }, half.cookie ?? "")).code).toMatch(/^wait_/);
  });

  it("is not stored readable", async () => {
    const { personId, secret } = await withSecondFactor();
    const { findSecrets } = await import("@/db/queries/access/people");
    const stored = await asGate((db) => findSecrets(db, personId));
    expect(stored?.totpSecret).toMatch(/^v1:/);
    expect(stored?.totpSecret).not.toContain(secret);
  });
});

describe("a mailed link", () => {
  it("signs in once", async () => {
    const { email } = await person();
    const asked = await callApi("POST", "/api/v1/sign-in-links", { headers: ownOrigin(), body: { email } });
    expect(await json(asked)).toEqual({ status: "sent_if_possible", box: "/dev/mail" });
    const { token } = await newestLetter(email);
    expect((await me((await signIn("link", { token })).cookie)).status).toBe(200);
    expect((await signIn("link", { token })).cookie).toBeNull();
  });

  it("is promised to a stranger in the same words, and not written", async () => {
    const email = `nobody-${uuidv7()}@example.test`;
    const asked = await callApi("POST", "/api/v1/sign-in-links", { headers: ownOrigin(), body: { email } });
    expect(await json(asked)).toEqual({ status: "sent_if_possible", box: "/dev/mail" });
    await expect(newestLetter(email)).rejects.toThrow();
  });

  it("for one purpose opens no other door", async () => {
    const { email } = await person();
    await callApi("POST", "/api/v1/password-resets", { headers: ownOrigin(), body: { email } });
    const { token } = await newestLetter(email);
    expect((await signIn("link", { token })).cookie).toBeNull();
  });

  it("cannot be asked for without end", async () => {
    const { email } = await person();
    const ask = () =>
      callApi("POST", "/api/v1/password-resets", { headers: { ...ownOrigin(), "x-client-ip": ip }, body: { email } });
    for (let i = 0; i < 5; i++) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("sets a new password once, and ends every session (B13)", async () => {
    const { email } = await person();
    const { cookie } = await signIn("password", { email, password });
    await callApi("POST", "/api/v1/password-resets", { headers: ownOrigin(), body: { email } });
    const { token } = await newestLetter(email);
    const reset = (new_password: string) =>
      callApi("POST", "/api/v1/password-resets/confirm", { headers: ownOrigin(), body: { token, new_password } });
    expect((await reset("short")).status).toBe(422);
    expect((await reset("a brand new sentence")).status).toBe(204);
    expect((await me(cookie)).status).toBe(401);
    expect((await reset("another brand new one")).status).toBe(404);
    expect((await signIn("password", { email, password: "a brand new sentence" })).cookie).toBeTruthy();
  });
});

describe("signing up", () => {
  const request = (email: string) => ({ email, name: "Josette Alcindor", workspace_name: "Boutik Josette" });

  it("makes the person and the workspace when the link is opened, and not before", async () => {
    const email = `new-${uuidv7()}@example.test`;
    const asked = await callApi("POST", "/api/v1/sign-up", { headers: ownOrigin(), body: request(email) });
    expect(asked.status).toBe(200);
    expect(await asGate((db) => findPersonByEmail(db, email))).toBeNull();
    const { token } = await newestLetter(email);
    const confirm = () =>
      callApi("POST", "/api/v1/sign-up/confirm", { headers: ownOrigin(), body: { token, password } });
    expect(await json(await confirm())).toMatchObject({ email });
    expect((await confirm()).status).toBe(404);
    const { cookie } = await signIn("password", { email, password });
    expect(await json(await me(cookie))).toMatchObject({ role: "owner", workspace: { name: "Boutik Josette" } });
  });

  it("with a known address answers the same, and tells only the owner of the address", async () => {
    const { email, personId } = await person();
    const asked = await callApi("POST", "/api/v1/sign-up", { headers: ownOrigin(), body: request(email) });
    expect(await json(asked)).toEqual({ status: "sent_if_possible", box: "/dev/mail" });
    const letter = await newestLetter(email);
    expect(letter.subject).toContain("already have an account");
    expect(letter.token).toBe("");
    expect((await asGate((db) => findPersonByEmail(db, email)))?.id).toBe(personId);
  });

  it("keeps markup in a name inert in the letter", async () => {
    const email = `xss-${uuidv7()}@example.test`;
    await callApi("POST", "/api/v1/sign-up", {
      headers: ownOrigin(),
      body: { ...request(email), name: '<img src=x onerror="alert(1)">' },
    });
    const letter = await newestLetter(email);
    expect(letter.html).not.toContain("<img");
    expect(letter.html).toContain("&lt;img");
  });
});

describe("an invitation", () => {
  async function invited(email: string) {
    const host = await person();
    const { cookie } = await cookieOf(host.personId, { activeTenantId: host.tenantId });
    const made = await callApi("POST", "/api/v1/invitations", { cookie, body: { email, role: "approver" } });
    expect(made.status).toBe(201);
    return { host, token: (await newestLetter(email)).token };
  }
  const accept = (body: Record<string, unknown>, cookie?: string) =>
    callApi("POST", "/api/v1/invitations/accept", cookie ? { cookie, body } : { headers: ownOrigin(), body });

  it("lets someone new in with a name and a password, once", async () => {
    const email = `new-${uuidv7()}@example.test`;
    const { host, token } = await invited(email);
    const preview = await callApi("POST", "/api/v1/invitations/preview", { headers: ownOrigin(), body: { token } });
    expect(await json(preview)).toMatchObject({ email, role: "approver", state: "open", has_account: false });
    expect((await json(await accept({ token }))).errors).toMatchObject([{ pointer: "/name" }]);
    expect(await json(await accept({ token, name: "Wilner", password }))).toEqual({
      tenant_uuid: host.tenantId,
      email,
    });
    const { cookie } = await signIn("password", { email, password });
    expect(await json(await me(cookie))).toMatchObject({ role: "approver" });
    expect((await accept({ token, name: "Wilner", password })).status).toBe(404);
  });

  it("asks someone with an account to sign in, with the address it was sent to", async () => {
    const guest = await person();
    const { host, token } = await invited(guest.email);
    expect(await json(await accept({ token, name: "Impostor", password }))).toMatchObject({
      status: 401,
      reason: "sign_in_first",
    });
    const stranger = await cookieOf((await makePerson()).id);
    expect(await json(await accept({ token }, stranger.cookie))).toMatchObject({
      status: 409,
      reason: "other_address",
    });
    const own = await cookieOf(guest.personId);
    expect(await json(await accept({ token }, own.cookie))).toMatchObject({ tenant_uuid: host.tenantId });
  });

  it("that was withdrawn opens nothing", async () => {
    const email = `gone-${uuidv7()}@example.test`;
    const { host, token } = await invited(email);
    const { cookie } = await cookieOf(host.personId, { activeTenantId: host.tenantId });
    const list = (await json(await callApi("GET", "/api/v1/invitations", { cookie }))) as { items: { id: string }[] };
    await callApi("DELETE", `/api/v1/invitations/${list.items[0]?.id}`, { cookie });
    expect((await accept({ token, name: "Late", password })).status).toBe(404);
  });
});

describe("Google and GitHub", () => {
  const account = { provider: "google", subject: uuidv7(), name: "Nadège", emailIsVerified: true };

  it("join the account of an address they vouch for, and find it again when the address changes", async () => {
    const { email, personId } = await person();
    expect((await checkOauth(shellCall(), { ...account, email }))?.id).toBe(personId);
    expect(
      (await checkOauth(shellCall(), { ...account, email: "moved@example.test", emailIsVerified: false }))?.id,
    ).toBe(personId);
  });

  it("never take over an account by an address they do not vouch for", async () => {
    const { email } = await person();
    expect(await checkOauth(shellCall(), { ...account, subject: uuidv7(), email, emailIsVerified: false })).toBeNull();
    expect(await checkOauth(shellCall(), { ...account, subject: uuidv7(), email: null })).toBeNull();
  });
});

describe("the way back after signing in (B23)", () => {
  const home = "https://app.example";
  it.each([
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "https://app.example.evil.example",
    "javascript:alert(1)",
    "https://app.example@evil.example",
    "\\\\evil.example",
    "blob:https://app.example/9115d58c-bcda-ff47-86e5-083e9a215304",
  ])("%s leads home", (url) => expect(safeReturn(url, home)).toBe(home));
  it("of our own is kept", () => expect(safeReturn("/audit?x=1", home)).toBe("https://app.example/audit?x=1"));
});
