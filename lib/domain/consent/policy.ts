import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";

/** What a workspace asks for before it writes. Only ever stricter than the law, never looser. */
export type ConsentRule = {
  needsConsent: boolean;
  /** Whether the word of a program that calls us is enough. */
  acceptsAssertion: boolean;
};
export type ConsentPolicy = (channel: Channel, purpose: Purpose) => ConsentRule;

/** Where the person must have agreed before a program may write to them: nobody can agree in their place. */
export const neverAsserted: readonly Channel[] = ["sms", "whatsapp"];

/** Marketing needs a yes on every channel; what a person asked for by buying or writing needs none. */
export const defaultPolicy: ConsentPolicy = (channel, purpose) =>
  purpose === "transactional"
    ? { needsConsent: false, acceptsAssertion: true }
    : { needsConsent: true, acceptsAssertion: !neverAsserted.includes(channel) };
