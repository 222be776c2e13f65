import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import { isOver } from "./may-contact";
import type { ConsentSource, ConsentState } from "./vocabulary";

export type LedgerLine = {
  id: string;
  seq: number;
  channel: Channel;
  purpose: Purpose;
  topicId: string;
  state: ConsentState;
  source: ConsentSource;
  corrects: string | null;
  at: Date;
  expiresAt: Date | null;
};

/**
 * What the ledger says of each channel, purpose and topic: the last line by the order of writing, whatever the clocks.
 * Where two ledgers were joined, a line may stand in it that would have been refused; it is read past just the same.
 */
export function stateOf<Line extends LedgerLine>(lines: readonly Line[]): Line[] {
  const last = new Map<string, Line>();
  for (const line of [...lines].sort((a, b) => a.seq - b.seq)) {
    const key = stateKey(line);
    const known = last.get(key);
    if (!known || outvotes(known, line)) last.set(key, line);
  }
  return [...last.values()];
}

export function stateKey({ channel, purpose, topicId }: Pick<LedgerLine, "channel" | "purpose" | "topicId">): string {
  return `${channel} ${purpose} ${topicId}`;
}

type Said = Pick<LedgerLine, "id" | "state" | "source" | "expiresAt">;

/**
 * A no ends by the person's own yes, or where the line was a mistake of ours and is named as one. A question that nobody
 * has answered leaves a no as it is, and a yes that stands: anybody can type somebody else's address into a form.
 */
export function outvotes(known: Said, line: Pick<LedgerLine, "state" | "source" | "corrects" | "at">): boolean {
  if (known.state === "granted") return line.state !== "pending" || isOver(known, line.at);
  if (known.state !== "denied") return true;
  if (line.state === "denied") return known.source !== "person" || line.source === "person";
  if (line.state === "pending") return false;
  return line.source === "person" || (known.source !== "person" && line.corrects === known.id);
}
