import type { Stage, WorkState } from "./vocabulary";

/** What the acts of this domain look at: one contact as it is now. Moments are text to the microsecond, as they are stored. */
export type ChangedContact = { ownerId: string | null; stage: Stage; taggedAt: string | null };

/** An act as it stands in the row of the change. */
export type OwnAct =
  | { act: "tag"; at: string }
  | { act: "untag" }
  | { act: "owner"; ownerId: string | null }
  | { act: "stage"; stage: Stage };

/** What the contact was, as far as the act touches it. */
export type Before = { at: string } | { ownerId: string | null } | { stage: Stage };

/** What the act does to one contact: null where it is so already, and nothing needs to be remembered. */
export function decideChange(contact: ChangedContact, act: OwnAct): { after: ChangedContact; before: Before } | null {
  switch (act.act) {
    case "tag":
      if (contact.taggedAt !== null) return null;
      return { after: { ...contact, taggedAt: act.at }, before: { at: act.at } };
    case "untag":
      if (contact.taggedAt === null) return null;
      return { after: { ...contact, taggedAt: null }, before: { at: contact.taggedAt } };
    case "owner":
      if (contact.ownerId === act.ownerId) return null;
      return { after: { ...contact, ownerId: act.ownerId }, before: { ownerId: contact.ownerId } };
    case "stage":
      if (contact.stage === act.stage) return null;
      return { after: { ...contact, stage: act.stage }, before: { stage: contact.stage } };
  }
}

/** What taking the act back does: null where somebody changed the same thing since, and their word stays. */
export function decideUndo(contact: ChangedContact, before: Before, act: OwnAct): ChangedContact | null {
  switch (act.act) {
    case "tag":
      // A tag that was taken away and given again is another's doing, told by its moment.
      if (!("at" in before) || contact.taggedAt !== before.at) return null;
      return { ...contact, taggedAt: null };
    case "untag":
      if (!("at" in before) || contact.taggedAt !== null) return null;
      return { ...contact, taggedAt: before.at };
    case "owner":
      if (!("ownerId" in before) || contact.ownerId !== act.ownerId) return null;
      return { ...contact, ownerId: before.ownerId };
    case "stage":
      if (!("stage" in before) || contact.stage !== act.stage) return null;
      return { ...contact, stage: before.stage };
  }
}

/** What ended and changed something can be taken back, once; what failed halfway too. */
export function canUndo(change: { state: WorkState; changed: number }): boolean {
  return (change.state === "done" || change.state === "failed") && change.changed > 0;
}
