import { describe, expect, it, vi } from "vitest";
import { makeMember, makePerson, makeWorkspace } from "@/db/factories/access";
import { findPersonByEmail } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import { callApi, cookieOf, ownOrigin } from "@/e2e/call-api";
import { throttleRules } from "@/lib/domain/access/throttle";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { ports, shellCall } from "@/lib/ports";
import { requestMailedLink } from "./request-mailed-link";
import { limitMail } from "./request-sign-up";
import { confirmSecondFactor, isRightCode, startSecondFactor } from "./second-factor";
import { checkPassword } from "./sign-in";
import { claimAttempt, forgiveAttempt, guessAttempts } from "./throttle";

/** A call from an address of its own, because addresses are counted too. */
let last = 0;
const callFromElsewhere = () => {
  last += 1;
  return { ...shellCall(), ip: `192.0.${last}.9` };
};

async function outcomes(work: Promise<unknown>[]) {
  const settled = await Promise.allSettled(work);
  const waits = settled.filter(
    (one) => one.status === "rejected" && one.reason instanceof AppError && one.reason.code === "rate_limited",
  );
  return { checked: settled.length - waits.length, waiting: waits.length };
}

describe("guesses that are sent at once", () => {
  const { free } = throttleRules.account;

  it("at a code are checked no more often than guesses one after the other", async () => {
    const { id, email, name } = await makePerson();
    const session = { id: uuidv7(), activeTenantId: null, provenAt: new Date() };
    const signedIn = { ...callFromElsewhere(), person: { id, email, name }, session };
    const { secret } = await startSecondFactor(signedIn);
    const { totpCode, totpStep } = await import("@/lib/domain/access/one-time-code");
    await confirmSecondFactor(signedIn, totpCode(secret, totpStep(new Date()) - 1));
    const guesses = Array.from({ length: 60 }, (_, guess) =>
      isRightCode({ ...callFromElsewhere(), ip: `192.0.2.${guess}` }, id, String(guess).padStart(6, "0")),
    );
    expect(await outcomes(guesses)).toEqual({ checked: free, waiting: 60 - free });
  });

  it("at a password, in whatever spelling of the address", async () => {
    const email = `Guessed-${uuidv7()}@Example.test`;
    const spellings = [email, email.toUpperCase(), ` ${email} `, email.toLowerCase()];
    const guesses = Array.from({ length: 12 }, (_, guess) =>
      checkPassword(callFromElsewhere(), { email: spellings[guess % 4] ?? "", password: `guess number ${guess}` }),
    );
    expect(await outcomes(guesses)).toEqual({ checked: free, waiting: 12 - free });
  });

  it("for letters to one person are limited like those one after the other", async () => {
    const email = `flooded-${uuidv7()}@example.test`;
    const wishes = Array.from({ length: 30 }, () => limitMail(callFromElsewhere(), email));
    expect((await outcomes(wishes)).checked).toBe(throttleRules.mail.free);
  });
});

describe("an attempt that was right", () => {
  it("costs neither the account nor the address anything", async () => {
    const { ip } = callFromElsewhere();
    const now = new Date();
    for (let i = 0; i < throttleRules.address.free * 2; i++) {
      await forgiveAttempt(await claimAttempt(guessAttempts(`right-${i}@example.test`, ip), now));
    }
  });

  it("takes back its own count only: wrong ones from the same address still add up", async () => {
    const { ip } = callFromElsewhere();
    const now = new Date();
    const wrong = (name: string) => claimAttempt(guessAttempts(`${name}-${uuidv7()}@example.test`, ip), now);
    for (let i = 0; i < throttleRules.address.free; i++) {
      if (i % 3 === 0) await forgiveAttempt(await claimAttempt(guessAttempts("mine@example.test", ip), now));
      await wrong(`victim-${i}`);
    }
    await expect(wrong("one-more")).rejects.toMatchObject({ code: "rate_limited" });
  });
});

describe("what a stranger could make us do", () => {
  it("does not include hashing a password for a link that does not exist", async () => {
    const hash = vi.spyOn(ports().passwords, "hash");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        callApi("POST", "/api/v1/password-resets/confirm", {
          headers: { ...ownOrigin(), "x-client-ip": `198.18.${i}.1` },
          body: { token: "a".repeat(43), new_password: "correct horse battery" },
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(404));
    expect(hash).not.toHaveBeenCalled();
  });

  it("does not include flooding one person with invitations", async () => {
    const { tenantId } = await makeWorkspace();
    const owner = await makeMember(tenantId, { role: "owner" });
    const { cookie } = await cookieOf(owner.personId, { activeTenantId: tenantId });
    const email = `bombed-${uuidv7()}@example.test`;
    const invite = () => callApi("POST", "/api/v1/invitations", { cookie, body: { email, role: "viewer" } });
    const first = await invite();
    const { id } = (await first.json()) as { id: string };
    const resend = () => callApi("POST", `/api/v1/invitations/${id}/resend`, { cookie });
    for (let i = 1; i < throttleRules.mail.free; i++)
      expect((await (i % 2 ? resend() : invite())).status).toBeLessThan(300);
    expect((await resend()).status).toBe(429);
    expect((await invite()).status).toBe(429);
  });

  it("nor learn from the time of an answer whether an address is known", async () => {
    const { email } = await makePerson();
    // A provider that takes its time must not hold up the answer for those who exist.
    const slow = { kind: "smtp", send: () => new Promise<never>(() => {}) } as const;
    const call = callFromElsewhere();
    const asked = requestMailedLink({ ...call, ports: { ...call.ports, mailer: slow } }, "reset_password", email);
    expect(await asked).toEqual({ status: "sent_if_possible", box: null });
  });
});

it("keeps counting when the account does not exist", async () => {
  const email = `nobody-${uuidv7()}@example.test`;
  expect(await asGate((db) => findPersonByEmail(db, email))).toBeNull();
  const now = new Date();
  for (let i = 0; i < throttleRules.account.free; i++) await claimAttempt(guessAttempts(email, `192.0.2.${i}`), now);
  await expect(claimAttempt(guessAttempts(email, "203.0.113.9"), now)).rejects.toMatchObject({ code: "rate_limited" });
});
