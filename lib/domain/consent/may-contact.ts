import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import { basisLabels, reasonLabels } from "./labels";
import { type ConsentPolicy, defaultPolicy } from "./policy";
import {
  allMarketing,
  type ConsentBasis,
  type ConsentSource,
  type ConsentState,
  type ContactRefusal,
  noTopic,
  type SuppressionReason,
  type SuppressionScope,
} from "./vocabulary";

/** A suppression in force. */
export type SuppressionFact = {
  addressHash: string;
  channel: Channel | "*";
  reason: SuppressionReason;
  scope: SuppressionScope;
  scopeKey: string;
  /** Whose word it is. */
  source: ConsentSource;
  since: Date;
};

/** The last line that the ledger holds of a channel, a purpose and a topic. */
export type ConsentFact = {
  channel: Channel;
  purpose: Purpose;
  topicId: string;
  state: ConsentState;
  basis: ConsentBasis | null;
  source: ConsentSource;
  at: Date;
  expiresAt: Date | null;
};

export type AddressFact = { hash: string; isUsable: boolean };

/** Everything that is known of a person when it is asked whether to write to them. */
export type ReachableContact = {
  isErased: boolean;
  /** A channel's own addresses; a channel without any is not named. */
  addresses: Partial<Record<Channel, readonly AddressFact[]>>;
  suppressions: readonly SuppressionFact[];
  consents: readonly ConsentFact[];
  /** What the message is about and from whom, where that is known. */
  topicId?: string | null;
  sender?: string | null;
  policy?: ConsentPolicy;
};

export type ContactVerdict =
  | { kind: "yes"; because: string }
  | { kind: "no"; because: ContactRefusal; says: string; details: Record<string, string> };

/**
 * Whether a person may be written to. The order is the policy: who is gone, where nothing arrives, what stops every
 * message, what the person said, and only then what would allow it. No caller has a way around it.
 */
export function mayContact(contact: ReachableContact, channel: Channel, purpose: Purpose, now: Date): ContactVerdict {
  const addresses = contact.addresses[channel] ?? [];
  const hashes = new Set(addresses.map((address) => address.hash));
  const stops = contact.suppressions.filter(
    (stop) => hashes.has(stop.addressHash) && stands(stop, contact, channel, purpose),
  );
  if (contact.isErased || stops.some((stop) => stop.reason === "erasure"))
    return no("erased", "This person had their data erased.");
  if (addresses.length === 0) return no("no_address", "There is no address for this channel.");
  if (!addresses.some((address) => address.isUsable))
    return no("bad_address", "The address cannot receive messages on this channel.");
  const stop = stops.find(({ scope }) => scope !== "topic");
  if (stop) return suppressed(stop);
  const said = contact.consents.filter((line) => line.channel === channel && line.purpose === purpose);
  const general = said.find((line) => line.topicId === noTopic);
  const topicId = contact.topicId ?? null;
  const topic = topicId === null ? undefined : said.find((line) => line.topicId === topicId);
  if (general?.state === "denied")
    return no("opted_out", `The person said no to ${purpose} messages on this channel.`, factsOf(general));
  if (topic?.state === "denied") return no("topic_off", "The person turned this topic off.", factsOf(topic));
  // Every no to marketing stands on the list too; where the ledger has it, it tells more. Left here is what was said under
  // another contact of the same address, or before this one came.
  if (stops[0]) return suppressed(stops[0]);

  const { needsConsent, acceptsAssertion } = (contact.policy ?? defaultPolicy)(channel, purpose);
  if (!needsConsent) return { kind: "yes", because: "What a person asked for needs no consent." };

  const line = topic ?? general;
  if (!line) return no("no_consent", "Nobody has asked this person, or nobody noted the answer.");
  if (line.state === "pending")
    return no("not_confirmed", "The person was asked and has not confirmed yet.", factsOf(line));
  const lines = [topic, general].filter((each) => each !== undefined && each.state === "granted") as ConsentFact[];
  const living = lines.filter((each) => !isOver(each, now));
  if (living.length === 0) return no("consent_expired", "The consent of this person has run out.", factsOf(line));
  const enough = living.find((each) => each.basis !== "caller_asserted" || acceptsAssertion);
  if (!enough) {
    const says = "Only a program vouches for this person, which is not enough on this channel.";
    return no("no_consent", says, factsOf(line));
  }
  return { kind: "yes", because: `${basisLabels[enough.basis ?? "express"].label}.` };
}

function suppressed({ reason, scope, since }: SuppressionFact): ContactVerdict {
  return no("suppressed", `${reasonLabels[reason].says}.`, { reason, scope, since: since.toISOString() });
}

function no(because: ContactRefusal, says: string, details: Record<string, string> = {}): ContactVerdict {
  return { kind: "no", because, says, details };
}

function factsOf(line: ConsentFact): Record<string, string> {
  return { source: line.source, since: line.at.toISOString() };
}

/** Whether a suppression reaches this message: from the address as a whole down to one topic or one sender. */
function stands(stop: SuppressionFact, contact: ReachableContact, channel: Channel, purpose: Purpose): boolean {
  if (stop.scope === "global") return true;
  if (stop.channel !== "*" && stop.channel !== channel) return false;
  if (stop.scope === "workspace") return true;
  if (stop.scope === "sender") return stop.scopeKey === contact.sender;
  return stop.scopeKey === allMarketing ? purpose === "marketing" : stop.scopeKey === contact.topicId;
}

/** A consent ends in the moment it names, not after it. */
export function isOver(line: { expiresAt: Date | null }, now: Date): boolean {
  return line.expiresAt !== null && line.expiresAt.getTime() <= now.getTime();
}
