import { isOver, type SuppressionFact } from "./may-contact";
import { allMarketing, type ConsentBasis, type ConsentState } from "./vocabulary";

/** What a person says to marketing on a channel, and what stands against their addresses there. */
export type SaidOnChannel = {
  channel: string;
  line: { state: ConsentState; basis: ConsentBasis | null; expiresAt: Date | null } | null;
  stops: readonly SuppressionFact[];
};

/**
 * What a file may say of it, for another import to read. A no is theirs whether the ledger has it or only the list of
 * addresses. A yes is one that was really spoken: what a program asserted, or what follows from a purchase for a time, would
 * come back from the file as more than it was.
 */
export function saidInFile({ channel, line, stops }: SaidOnChannel, now: Date): "yes" | "no" | null {
  if (line?.state === "denied" || stops.some((stop) => isTheirNo(stop, channel))) return "no";
  return line?.state === "granted" && line.basis === "express" && !isOver(line, now) ? "yes" : null;
}

function isTheirNo({ reason, scope, scopeKey, channel: on }: SuppressionFact, channel: string): boolean {
  if (reason !== "opt_out" && reason !== "complaint") return false;
  if (scope === "global") return true;
  if (on !== "*" && on !== channel) return false;
  return scope === "workspace" || (scope === "topic" && scopeKey === allMarketing);
}
