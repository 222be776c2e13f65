/** The words of consent: what a person agreed to, and what stops every message. */
export const consentStates = ["granted", "pending", "denied"] as const;
export type ConsentState = (typeof consentStates)[number];

/** On which ground we may write at all. `implied` (an existing business relation) expires, `express` need not. */
export const consentBases = ["express", "implied", "caller_asserted"] as const;
export type ConsentBasis = (typeof consentBases)[number];

/** Where the word came from. Only `person` (the preference centre, a form, STOP, a confirmed letter) is the person's own. */
export const consentSources = ["person", "member", "key", "import", "merge", "system"] as const;
export type ConsentSource = (typeof consentSources)[number];

export const suppressionReasons = ["opt_out", "complaint", "hard_bounce", "invalid", "manual", "erasure"] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** From the widest to the narrowest: every channel, one channel, one topic, one sender. */
export const suppressionScopes = ["global", "workspace", "topic", "sender"] as const;
export type SuppressionScope = (typeof suppressionScopes)[number];

/** Why a person may not be written to, in the order in which it is looked at. */
export const contactRefusals = [
  "erased",
  "no_address",
  "bad_address",
  "suppressed",
  "opted_out",
  "topic_off",
  "not_confirmed",
  "consent_expired",
  "no_consent",
] as const;
export type ContactRefusal = (typeof contactRefusals)[number];

/** Stands for "no topic in particular" in keys, where a null could not be compared. */
export const noTopic = "00000000-0000-0000-0000-000000000000";

/**
 * Stands for all marketing in the scope key of a topic's suppression: the way out of a newsletter stops what sells, not
 * the receipt of what was bought, and holds for the address even where the contact is deleted and comes again.
 */
export const allMarketing = "marketing";
