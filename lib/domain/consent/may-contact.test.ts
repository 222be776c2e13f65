import { describe, expect, it } from "vitest";
import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import { channels, purposes } from "@/lib/domain/channels/vocabulary";
import { type ConsentFact, mayContact, type ReachableContact, type SuppressionFact } from "./may-contact";
import { allMarketing, type ContactRefusal, contactRefusals, noTopic, suppressionReasons } from "./vocabulary";

const now = new Date("2026-11-21T12:00:00Z");
const news = "01936b5e-7c00-7000-8000-00000000000a";
const hash = "11111111-1111-1111-1111-111111111111";

const line = (overrides: Partial<ConsentFact> = {}): ConsentFact => ({
  channel: "email",
  purpose: "marketing",
  topicId: noTopic,
  state: "granted",
  basis: "express",
  source: "person",
  at: new Date("2026-01-01T00:00:00Z"),
  expiresAt: null,
  ...overrides,
});
const stop = (overrides: Partial<SuppressionFact> = {}): SuppressionFact => ({
  addressHash: hash,
  channel: "email",
  reason: "manual",
  scope: "workspace",
  scopeKey: "",
  source: "member",
  since: new Date("2026-01-01T00:00:00Z"),
  ...overrides,
});
const person = (overrides: Partial<ReachableContact> = {}): ReachableContact => ({
  isErased: false,
  addresses: Object.fromEntries(channels.map((channel) => [channel, [{ hash, isUsable: true }]])),
  suppressions: [],
  consents: [line()],
  ...overrides,
});
const answer = (contact: ReachableContact, channel: Channel = "email", purpose: Purpose = "marketing") => {
  const verdict = mayContact(contact, channel, purpose, now);
  return verdict.kind === "yes" ? "yes" : verdict.because;
};

type Case = [
  says: string,
  contact: ReachableContact,
  expected: ContactRefusal | "yes",
  on?: Channel,
  purpose?: Purpose,
];
const cases: Case[] = [
  ["who said yes may be written to", person(), "yes"],
  ["who was never asked may not", person({ consents: [] }), "no_consent"],
  ["a service message needs no consent", person({ consents: [] }), "yes", "email", "transactional"],
  [
    "nor does a no to marketing stop it",
    person({ consents: [line({ state: "denied" })] }),
    "yes",
    "email",
    "transactional",
  ],
  [
    "a no to service messages does stop them",
    person({ consents: [line({ state: "denied", purpose: "transactional" })] }),
    "opted_out",
    "email",
    "transactional",
  ],
  ["an address is needed", person({ addresses: {} }), "no_address"],
  ["an address that works is needed", person({ addresses: { email: [{ hash, isUsable: false }] } }), "bad_address"],
  ["an erased person is gone", person({ isErased: true }), "erased"],
  [
    "so is one whose address was erased",
    person({ suppressions: [stop({ reason: "erasure", scope: "global" })] }),
    "erased",
  ],
  ["a no to marketing counts", person({ consents: [line({ state: "denied" })] }), "opted_out"],
  ["a yes on another channel is none here", person({ consents: [line({ channel: "sms" })] }), "no_consent"],
  ["who was asked has not answered", person({ consents: [line({ state: "pending" })] }), "not_confirmed"],
  ["a consent that has ended is none", person({ consents: [line({ expiresAt: now })] }), "consent_expired"],
  ["one that ends later holds", person({ consents: [line({ expiresAt: new Date(now.getTime() + 1) })] }), "yes"],
  ["a program's word is enough for email", person({ consents: [line({ basis: "caller_asserted" })] }), "yes"],
  [
    "and never for SMS",
    person({ consents: [line({ basis: "caller_asserted", channel: "sms" })] }),
    "no_consent",
    "sms",
  ],
  [
    "and never for WhatsApp",
    person({ consents: [line({ basis: "caller_asserted", channel: "whatsapp" })] }),
    "no_consent",
    "whatsapp",
  ],
  ["a suppression of this channel stops it", person({ suppressions: [stop()] }), "suppressed"],
  ["also a service message", person({ suppressions: [stop()] }), "suppressed", "email", "transactional"],
  ["not another channel's", person({ suppressions: [stop({ channel: "sms" })] }), "yes"],
  [
    "a global one stops every channel",
    person({ suppressions: [stop({ channel: "sms", scope: "global" })] }),
    "suppressed",
  ],
  ["somebody else's address is somebody else's", person({ suppressions: [stop({ addressHash: news })] }), "yes"],
  [
    "a topic that is off stops its messages",
    person({ topicId: news, consents: [line(), line({ topicId: news, state: "denied" })] }),
    "topic_off",
  ],
  ["and no others", person({ consents: [line(), line({ topicId: news, state: "denied" })] }), "yes"],
  [
    "a yes to a topic does not outvote a general no",
    person({ topicId: news, consents: [line({ state: "denied" }), line({ topicId: news })] }),
    "opted_out",
  ],
  ["a yes to a topic is enough for it", person({ topicId: news, consents: [line({ topicId: news })] }), "yes"],
  ["and for nothing else", person({ consents: [line({ topicId: news })] }), "no_consent"],
  [
    "a topic that ended falls back on the general yes",
    person({ topicId: news, consents: [line(), line({ topicId: news, expiresAt: now })] }),
    "yes",
  ],
  [
    "a topic's suppression stops the topic",
    person({ topicId: news, suppressions: [stop({ scope: "topic", scopeKey: news })] }),
    "suppressed",
  ],
  [
    "the way out of a newsletter stops what sells",
    person({ suppressions: [stop({ scope: "topic", scopeKey: allMarketing })] }),
    "suppressed",
  ],
  [
    "and lets the receipt through",
    person({ suppressions: [stop({ scope: "topic", scopeKey: allMarketing })] }),
    "yes",
    "email",
    "transactional",
  ],
  ["not what is about something else", person({ suppressions: [stop({ scope: "topic", scopeKey: news })] }), "yes"],
  [
    "a sender's suppression stops the sender",
    person({ sender: "shop", suppressions: [stop({ scope: "sender", scopeKey: "shop" })] }),
    "suppressed",
  ],
  [
    "not another sender",
    person({ sender: "desk", suppressions: [stop({ scope: "sender", scopeKey: "shop" })] }),
    "yes",
  ],
];

describe("whether we may write", () => {
  it.each(cases)("%s", (_, contact, expected, channel, purpose) => {
    expect(answer(contact, channel, purpose)).toBe(expected);
  });

  it("every reason is given by some case", () => {
    expect(new Set(cases.map((each) => each[2]))).toEqual(new Set(["yes", ...contactRefusals]));
  });

  it("every reason for a suppression stops every channel and every purpose", () => {
    for (const reason of suppressionReasons)
      for (const channel of channels)
        for (const purpose of purposes)
          expect(answer(person({ suppressions: [stop({ reason, scope: "global" })] }), channel, purpose)).not.toBe(
            "yes",
          );
  });

  it("says why in a sentence, with since when", () => {
    expect(mayContact(person({ suppressions: [stop({ reason: "opt_out" })] }), "email", "marketing", now)).toEqual({
      kind: "no",
      because: "suppressed",
      says: "The person does not want to hear from us.",
      details: { reason: "opt_out", scope: "workspace", since: "2026-01-01T00:00:00.000Z" },
    });
  });
});
