import type { MergeField, MergeSide } from "./merge-shapes";

/** The columns of a contact that a merge decides about. */
export type MergedContact = {
  externalId: string | null;
  name: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  emailHash: string | null;
  phone: string | null;
  phoneHash: string | null;
  country: string | null;
  givenType: string | null;
  stage: string;
  timeZone: string | null;
  visitZone: string | null;
  locale: string | null;
  devicePreference: string | null;
  preferredChannel: string | null;
  companyId: string | null;
  ownerId: string | null;
  metadata: unknown;
  firstPurchaseAt: Date | null;
  lastPurchaseAt: Date | null;
  firstVisitAt: Date | null;
  lastVisitAt: Date | null;
  lastReplyAt: Date | null;
};

type Column = keyof MergedContact;

/** Columns that go together, because apart they would not be true: an address and its hash, a name and its parts. */
const columnsOf: Record<MergeField, readonly Column[]> = {
  name: ["name", "firstName", "lastName"],
  email: ["email", "emailHash"],
  phone: ["phone", "phoneHash"],
  external_id: ["externalId"],
  country: ["country"],
  customer_type: ["givenType"],
  stage: ["stage"],
  time_zone: ["timeZone", "visitZone"],
  locale: ["locale"],
  device_preference: ["devicePreference"],
  preferred_channel: ["preferredChannel"],
  company: ["companyId"],
  owner: ["ownerId"],
  metadata: ["metadata"],
};

export type MergeDecision = {
  /** The winner as it will be. */
  merged: MergedContact;
  /** Whose value each field has. */
  sides: Record<MergeField, MergeSide>;
  /** The loser's id among its owners, where it does not become the winner's: it still leads there. */
  aliasExternalId: string | null;
};

/** Which value of each field stays: the chosen one, else the winner's, unless it has none. */
export function decideMerge(
  winner: MergedContact,
  loser: MergedContact,
  choice: Partial<Record<MergeField, MergeSide>> = {},
): MergeDecision {
  const merged = only(winner);
  const sides = {} as Record<MergeField, MergeSide>;
  for (const field of Object.keys(columnsOf) as MergeField[]) {
    const columns = columnsOf[field];
    const [lead = "name"] = columns;
    const side = choice[field] ?? (isEmpty(winner[lead]) && !isEmpty(loser[lead]) ? "loser" : "winner");
    sides[field] = side;
    if (side === "loser") for (const column of columns) take(merged, loser, column);
  }
  merged.firstPurchaseAt = earliest(winner.firstPurchaseAt, loser.firstPurchaseAt);
  merged.lastPurchaseAt = latest(winner.lastPurchaseAt, loser.lastPurchaseAt);
  merged.firstVisitAt = earliest(winner.firstVisitAt, loser.firstVisitAt);
  merged.lastVisitAt = latest(winner.lastVisitAt, loser.lastVisitAt);
  merged.lastReplyAt = latest(winner.lastReplyAt, loser.lastReplyAt);
  const unused = sides.external_id === "winner" ? loser.externalId : winner.externalId;
  return { merged, sides, aliasExternalId: unused === merged.externalId ? null : unused };
}

const decided: readonly Column[] = [
  ...Object.values(columnsOf).flat(),
  "firstPurchaseAt",
  "lastPurchaseAt",
  "firstVisitAt",
  "lastVisitAt",
  "lastReplyAt",
];

/** A whole row may be handed in; what a merge does not decide about is not part of its answer. */
function only(contact: MergedContact): MergedContact {
  return Object.fromEntries(decided.map((column) => [column, contact[column]])) as MergedContact;
}

function take<C extends Column>(into: MergedContact, from: MergedContact, column: C): void {
  into[column] = from[column];
}

const isEmpty = (value: unknown) => value === null || value === "" || value === undefined;
const earliest = (one: Date | null, other: Date | null) => (!one ? other : !other ? one : one < other ? one : other);
const latest = (one: Date | null, other: Date | null) => (!one ? other : !other ? one : one > other ? one : other);
