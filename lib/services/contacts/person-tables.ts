import { type JoinedEngagement, joinEngagement, partEngagement } from "@/db/queries/contacts/engagement";
import {
  deleteChangeRows,
  deleteContactRow,
  deleteMergesInto,
  deletePairsOf,
  exportAttributes,
  exportMerges,
  exportTags,
} from "@/db/queries/contacts/person-history";
import { deleteRows, insertRows, photographRows } from "@/db/queries/contacts/person-rows";
import type { Merging, PersonTable } from "./person-data";
import { keptRows, ownRows, rowsOfTable, sharedRows } from "./person-rows";

/** Counters add up. The winner's come back from their photograph where nothing happened since. */
const engagementMerging: Merging = {
  join: (tx, { winnerId, loserId }) => joinEngagement(tx.db, tx.tenantId, winnerId, loserId),
  async part(tx, { winnerId }, memory) {
    const joined = memory as JoinedEngagement;
    await partEngagement(tx.db, tx.tenantId, winnerId, joined);
    // What stands there by now is left standing: only the channels that were just taken away come back.
    await insertRows(tx.db, tx.tenantId, "engagements", [...joined.winner, ...joined.loser]);
  },
};

const sharedValues = sharedRows("attribute_values");
const attributeOf = (line: string) => (JSON.parse(line) as { attribute_id: string }).attribute_id;

/** A value of the loser's that was chosen takes the place of the winner's, which is kept for the way back. */
const attributeMerging: Merging = {
  async join(tx, pair) {
    const linesOf = async (id: string) =>
      (await photographRows(tx.db, tx.tenantId, "attribute_values", "contact_id", [id])).map(({ line }) => line);
    const chosen = new Set(pair.attributesOfLoser);
    const held = new Set((await linesOf(pair.loserId)).map(attributeOf));
    const replaced = (await linesOf(pair.winnerId)).filter((line) => {
      const attribute = attributeOf(line);
      return chosen.has(attribute) && held.has(attribute);
    });
    await deleteRows(tx.db, tx.tenantId, "attribute_values", replaced);
    return { ...((await sharedValues.join(tx, pair)) as object), replaced };
  },
  async part(tx, pair, memory) {
    await sharedValues.part(tx, pair, memory);
    // Merges of an earlier day had nothing to choose, and kept no such list.
    const { replaced = [] } = memory as { replaced?: string[] };
    await insertRows(tx.db, tx.tenantId, "attribute_values", replaced);
  },
};

/** A pair names its contacts on both sides, and only one side goes by itself. */
const pairMerging: Merging = {
  async join(tx, { loserId }) {
    const sides = [
      await photographRows(tx.db, tx.tenantId, "not_duplicates", "contact_id", [loserId]),
      await photographRows(tx.db, tx.tenantId, "not_duplicates", "other_id", [loserId]),
    ];
    await deletePairsOf(tx.db, tx.tenantId, loserId);
    return sides.flat().map(({ line }) => line);
  },
  async part(tx, _, memory) {
    await insertRows(tx.db, tx.tenantId, "not_duplicates", memory as string[]);
  },
};

/** The tables of this domain. The contact itself stands first; an erasure takes it last. */
export const contactTables: PersonTable[] = [
  {
    table: "contacts",
    columns: ["id"],
    holds: "Name, addresses, language, country, time zone, stage, score, and when the person bought, visited and wrote",
    erase: (tx, contactId) => deleteContactRow(tx.db, tx.tenantId, contactId),
    export: async (tx, contactId) => {
      const rows = await photographRows(tx.db, tx.tenantId, "contacts", "id", [contactId]);
      const hidden = ["tenant_uuid", "search", "email_hash", "phone_hash"];
      return rows.map(({ line }) =>
        Object.fromEntries(Object.entries(JSON.parse(line) as object).filter(([name]) => !hidden.includes(name))),
      );
    },
    merge: { left: "the merge itself decides field by field what stays" },
  },
  {
    table: "identities",
    holds: "Accounts at messaging services",
    erase: "cascade",
    export: rowsOfTable("identities", ["address_hash"]),
    merge: ownRows("identities"),
  },
  {
    table: "contact_tags",
    holds: "Tags that the team gave",
    erase: "cascade",
    export: (tx, contactId) => exportTags(tx.db, tx.tenantId, contactId),
    merge: sharedRows("contact_tags"),
  },
  {
    table: "attribute_values",
    holds: "The workspace's own fields",
    erase: "cascade",
    export: (tx, contactId) => exportAttributes(tx.db, tx.tenantId, contactId),
    merge: attributeMerging,
  },
  {
    table: "engagements",
    holds: "How often messages were sent, opened, clicked and answered on each channel, and when last",
    erase: "cascade",
    export: rowsOfTable("engagements"),
    merge: engagementMerging,
  },
  {
    table: "notes",
    holds: "Notes that the team wrote",
    erase: "cascade",
    export: rowsOfTable("notes", ["author_id"]),
    merge: ownRows("notes"),
  },
  {
    table: "tasks",
    holds: "What the team means to do for the person",
    erase: "cascade",
    export: rowsOfTable("tasks", ["assignee_id", "created_by"]),
    merge: ownRows("tasks"),
  },
  {
    table: "score_changes",
    holds: "How the score changed, with its reasons",
    erase: "cascade",
    export: rowsOfTable("score_changes"),
    merge: keptRows("score_changes"),
  },
  {
    table: "change_rows",
    holds: "Earlier values, kept so that a change of many contacts or an import can be taken back",
    erase: (tx, contactId) => deleteChangeRows(tx.db, tx.tenantId, contactId),
    export: { left: "the same fields as the contact's own, as they were before; kept for a limited time" },
    merge: { left: "they belong to the change that made them, and serve again once the merge is undone" },
  },
  {
    table: "merges",
    columns: ["contact_id", "loser_id"],
    holds: "Which contacts became one, with what is needed to part them again",
    erase: (tx, contactId) => deleteMergesInto(tx.db, tx.tenantId, contactId),
    export: (tx, contactId) => exportMerges(tx.db, tx.tenantId, contactId),
    merge: { left: "merges are undone in the order in which they were made, each between its own two" },
  },
  {
    table: "contact_aliases",
    holds: "Ids under which the person was known before a merge",
    erase: "cascade",
    export: rowsOfTable("contact_aliases"),
    merge: ownRows("contact_aliases"),
  },
  {
    table: "former_addresses",
    holds: "Addresses the person had before, as keyed hashes, so that an erasure reaches those too",
    erase: "cascade",
    export: { left: "only hashes, from which no address can be read" },
    merge: sharedRows("former_addresses"),
  },
  {
    table: "not_duplicates",
    columns: ["contact_id", "other_id"],
    holds: "Pairs of contacts that somebody kept apart",
    erase: (tx, contactId) => deletePairsOf(tx.db, tx.tenantId, contactId),
    export: { left: "only the ids of two contacts that are not the same person" },
    merge: pairMerging,
  },
];
