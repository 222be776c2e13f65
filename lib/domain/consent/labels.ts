import type { ConsentBasis, ConsentSource, ConsentState, SuppressionReason, SuppressionScope } from "./vocabulary";

/** One face per word. A new word does not compile until it has one. */
export const consentLabels: Record<ConsentState, { label: string; tone: "good" | "waiting" | "bad" }> = {
  granted: { label: "Yes", tone: "good" },
  pending: { label: "Asked", tone: "waiting" },
  denied: { label: "No", tone: "bad" },
};

export const basisLabels: Record<ConsentBasis, { label: string; says: string }> = {
  express: { label: "Said yes", says: "They agreed in so many words" },
  implied: { label: "Business relation", says: "They bought or asked something; this ground ends by itself" },
  caller_asserted: { label: "A program says so", says: "A key vouches for it; never enough for SMS and WhatsApp" },
};

export const sourceLabels: Record<ConsentSource, string> = {
  person: "said so themselves",
  member: "noted by a colleague",
  key: "written by a program",
  import: "came with an import",
  merge: "from a merged contact",
  system: "found by the product",
};

export const reasonLabels: Record<SuppressionReason, { label: string; says: string; lift: string }> = {
  opt_out: {
    label: "Asked to stop",
    says: "The person does not want to hear from us",
    lift: "Ends only when the person signs up again themselves",
  },
  complaint: {
    label: "Complained",
    says: "A message was reported as unwanted",
    lift: "A colleague may lift it, an import or a program never",
  },
  hard_bounce: { label: "Does not exist", says: "The address refused for good", lift: "Lifted by hand" },
  invalid: { label: "Not usable", says: "The address cannot receive on this channel", lift: "Lifted by hand" },
  manual: { label: "Blocked by hand", says: "Somebody here decided so", lift: "Lifted by hand" },
  erasure: {
    label: "Erased",
    says: "The person had their data erased and is not taken in again",
    lift: "Ends only when the person signs up again themselves",
  },
};

export const scopeLabels: Record<SuppressionScope, { label: string; says: string }> = {
  global: { label: "Everything", says: "No channel that uses the address" },
  workspace: { label: "This channel", says: "Nothing on this channel" },
  topic: { label: "One topic", says: "No message of this topic" },
  sender: { label: "One sender", says: "Nothing from this sender" },
};
