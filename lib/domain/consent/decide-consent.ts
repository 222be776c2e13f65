import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import { isOver, type SuppressionFact } from "./may-contact";
import { neverAsserted } from "./policy";
import {
  allMarketing,
  type ConsentBasis,
  type ConsentSource,
  type ConsentState,
  noTopic,
  type SuppressionReason,
} from "./vocabulary";

/** The last line of the same channel, purpose and topic, as far as a new one must know it. */
export type CurrentConsent = {
  state: ConsentState;
  basis: ConsentBasis | null;
  source: ConsentSource;
  lineId: string;
  at: Date;
  expiresAt: Date | null;
};

export type ProposedConsent = {
  channel: Channel;
  purpose: Purpose;
  topicId: string;
  state: ConsentState;
  basis: ConsentBasis | null;
  source: ConsentSource;
  expiresAt: Date | null;
  /** The line that is taken back as a mistake; never one that the person spoke. */
  corrects: string | null;
  at: Date;
};

export type ConsentRefusal = "opted_out" | "suppressed" | "not_assertable";
export type ConsentVerdict<Stop> =
  /** `lifts`: what stood on the list against it and ends with it. */
  | { kind: "append"; lifts: readonly Stop[] }
  /** The ledger says so already: a second click or a repeated call adds nothing. */
  | { kind: "keep" }
  | { kind: "refuse"; because: ConsentRefusal; says: string };

/** Reasons with which the person, or their absence, speaks; the others are facts about the address. */
export const personalReasons: readonly SuppressionReason[] = ["opt_out", "complaint", "erasure"];

/**
 * Whether a line may enter the ledger. A no always may. A yes may not outvote a no: only the person themselves takes back
 * what they said, and in doing so lifts what stood in the way of it.
 */
export function decideConsent<Stop extends SuppressionFact>(
  current: CurrentConsent | null,
  line: ProposedConsent,
  stops: readonly Stop[],
): ConsentVerdict<Stop> {
  const isOwnWord = line.source === "person";
  const mistake = line.corrects !== null && line.corrects === current?.lineId ? current : null;
  const takesBack = mistake !== null && mistake.source !== "person";
  const came = takesBack ? stops.filter((stop) => cameWith(stop, mistake)) : [];
  const inTheWay = stops.filter(
    (stop) => personalReasons.includes(stop.reason) && concerns(stop, line) && !came.includes(stop),
  );
  if (line.state !== "denied") {
    if (isAsserted(line) && line.purpose === "marketing" && neverAsserted.includes(line.channel)) {
      return refuse("not_assertable", "On SMS and WhatsApp a program cannot vouch for a person's consent.");
    }
    if (!isOwnWord && current?.state === "denied" && !takesBack) {
      return refuse("opted_out", "The person said no. Only the person themselves can say yes again.");
    }
    if (!isOwnWord && inTheWay.length > 0) {
      return refuse("suppressed", "The address is on the suppression list. Only the person can sign up again.");
    }
  }
  const ends = takesBack ? came : inTheWay.length > 0 ? stops.filter((stop) => liftedBy(line, stop)) : [];
  const lifts = line.state === "granted" && (isOwnWord || takesBack) ? ends.filter((stop) => concerns(stop, line)) : [];
  if (lifts.length === 0 && (isSaidAlready(current, line) || isWeaker(current, line))) return { kind: "keep" };
  return { kind: "append", lifts };
}

/** A no that was taken down for somebody stops their address from that moment; a mistake in it takes the stop along. */
function cameWith(stop: SuppressionFact, mistake: CurrentConsent): boolean {
  const isNote = stop.reason === "opt_out" && stop.scope === "topic" && stop.source !== "person";
  return isNote && stop.since.getTime() >= mistake.at.getTime();
}

function refuse(because: ConsentRefusal, says: string): ConsentVerdict<never> {
  return { kind: "refuse", because, says };
}

/** A program can only vouch for somebody, whatever ground it names. */
const isAsserted = ({ source, basis }: Pick<ProposedConsent, "source" | "basis">) =>
  source === "key" || basis === "caller_asserted";

/** How much a yes is worth: the person's own, one that somebody heard, one that follows from a purchase, a program's word. */
function worthOf({ source, basis }: Pick<ProposedConsent, "source" | "basis">): number {
  if (source === "person") return 3;
  if (isAsserted({ source, basis })) return 0;
  return basis === "implied" ? 1 : 2;
}

/** A yes that stands gives way to no lesser one: with it would go its proof, and later its end would come too early. */
function isWeaker(current: CurrentConsent | null, line: ProposedConsent): boolean {
  if (current?.state !== "granted" || line.state !== "granted" || line.corrects !== null) return false;
  return !isOver(current, line.at) && worthOf(line) < worthOf(current);
}

/** A colleague's note does not repeat what the person said; the person's word does replace a note. */
function isSaidAlready(current: CurrentConsent | null, line: ProposedConsent): boolean {
  // Asked again is asked once more: the first letter may be lost, or too old.
  if (!current || current.state !== line.state || line.state === "pending") return false;
  if (current.expiresAt?.getTime() !== line.expiresAt?.getTime()) return false;
  return current.source === line.source || (line.state === "denied" && current.source === "person");
}

/** What stands in the way of a yes, from the address as a whole down to the one topic. */
function concerns(stop: SuppressionFact, line: Pick<ProposedConsent, "channel" | "purpose" | "topicId">): boolean {
  if (stop.scope === "global") return true;
  if (stop.channel !== "*" && stop.channel !== line.channel) return false;
  if (stop.scope === "topic" && stop.scopeKey === allMarketing) return line.purpose === "marketing";
  if (stop.scope === "topic") return line.topicId !== noTopic && stop.scopeKey === line.topicId;
  return stop.scope === "workspace";
}

/** The suppressions that a person's own new yes ends. */
function liftedBy(line: Pick<ProposedConsent, "channel" | "purpose" | "topicId">, stop: SuppressionFact): boolean {
  // One topic is not all of them: who takes it up again has not asked for the rest.
  if (line.topicId !== noTopic && stop.scopeKey !== line.topicId) return false;
  return personalReasons.includes(stop.reason) && concerns(stop, line);
}
