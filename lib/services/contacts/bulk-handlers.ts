import {
  deleteContactRows,
  dropLooseEnds,
  eraseConsentsOf,
  findTagByKey,
  insertTag,
  loadChangedContacts,
  saveChangedContacts,
  saveTagged,
} from "@/db/queries/contacts/bulk-acts";
import { insertRows, photographRows } from "@/db/queries/contacts/person-rows";
import { findMemberName } from "@/db/queries/contacts/tasks";
import { type Before, decideChange, decideUndo, type OwnAct } from "@/lib/domain/contacts/bulk";
import { nameKey } from "@/lib/domain/contacts/name-key";
import { type Stage, stages } from "@/lib/domain/contacts/vocabulary";
import { invalid } from "@/lib/kernel/errors";
import { fromWireId, uuidv7 } from "@/lib/kernel/ids";
import { wireLine } from "@/lib/kernel/wire";
import type { Tx } from "../context";
import { personTables } from "../registry";
import { findErasedLines } from "./erased-photographs";
import type { BulkHandler, ChangeRow } from "./person-data";
import { scoreContacts } from "./score-contacts";

type Detail = Record<string, unknown>;

/** Acts that set one thing of a contact: facts of all, a decision for each, one statement for those that change. */
function settingOf(act: "tag" | "untag" | "owner" | "stage", check: BulkHandler["check"]): BulkHandler {
  const tagOf = (detail: Detail) => (act === "tag" || act === "untag" ? String(detail.tag_id) : null);
  const save = async (tx: Tx, detail: Detail, rows: Parameters<typeof saveChangedContacts>[2]) => {
    const tagId = tagOf(detail);
    if (tagId !== null) await saveTagged(tx.db, tx.tenantId, tagId, rows);
    await saveChangedContacts(tx.db, tx.tenantId, rows, tx.now());
    // Only the stage is among what a score is computed from.
    if (act === "stage")
      await scoreContacts(
        tx,
        rows.map(({ id }) => id),
      );
  };
  return {
    act,
    check,
    async apply(tx, ids, detail) {
      const own = ownAct(act, detail, tx.now());
      const known = await loadChangedContacts(tx.db, tx.tenantId, ids, tagOf(detail));
      const decided = known.flatMap(({ id, contact }) => {
        const change = decideChange(contact, own);
        return change ? [{ id, ...change }] : [];
      });
      await save(
        tx,
        detail,
        decided.map(({ id, after }) => ({ id, ...after })),
      );
      return decided.map(({ id, before }) => ({ contactId: id, before }));
    },
    async undo(tx, rows, detail) {
      const own = ownAct(act, detail, tx.now());
      const befores = new Map(rows.map(({ contactId, before }) => [contactId, before as Before]));
      const known = await loadChangedContacts(tx.db, tx.tenantId, [...befores.keys()], tagOf(detail));
      const restored = known.flatMap(({ id, contact }) => {
        const before = befores.get(id);
        const back = before ? decideUndo(contact, before, own) : null;
        return back ? [{ id, ...back }] : [];
      });
      await save(tx, detail, restored);
      return restored.length;
    },
  };
}

function ownAct(act: "tag" | "untag" | "owner" | "stage", detail: Detail, now: Date): OwnAct {
  if (act === "tag") return { act, at: now.toISOString().replace("Z", "000Z") };
  if (act === "untag") return { act };
  if (act === "owner") return { act, ownerId: detail.owner_id as string | null };
  return { act, stage: detail.stage as Stage };
}

async function checkTag(tx: Tx, detail: Detail, create: boolean): Promise<Detail> {
  only(detail, "tag");
  const read = wireLine(60).safeParse(detail.tag);
  if (!read.success) throw invalid("/detail/tag", "must be the name of a tag, of at most 60 characters");
  const key = nameKey(read.data);
  const known = await findTagByKey(tx.db, tx.tenantId, key);
  if (!known && !create) throw invalid("/detail/tag", "There is no tag of this name.");
  if (!known)
    await insertTag(tx.db, tx.tenantId, {
      id: uuidv7(tx.now().getTime()),
      name: read.data,
      nameKey: key,
      createdAt: tx.now(),
    });
  const tag = known ?? (await findTagByKey(tx.db, tx.tenantId, key));
  return { tag: tag?.name ?? read.data, tag_id: tag?.id };
}

function only(detail: Detail, name: string): void {
  const [stranger] = Object.keys(detail).filter((key) => key !== name);
  if (stranger !== undefined) throw invalid(`/detail/${stranger}`, "is not known to this act");
}

/** A deletion remembers all rows of the person, table by table, as the text of their JSON. */
type Photographs = Record<string, string[]>;

/** What an undo brings back: what a cascade takes, and what the deletion takes beside it. */
const takenTables = () =>
  personTables().filter(
    ({ table, erase, isDeletedToo }) => table !== "contacts" && (erase === "cascade" || isDeletedToo),
  );

const deletion: BulkHandler = {
  act: "delete",
  async check(_, detail) {
    only(detail, "");
    return {};
  },
  async apply(tx, ids) {
    const kept = new Map<string, Photographs>(ids.map((id) => [id, {}]));
    const note = (table: string, rows: { contactId: string; line: string }[]) => {
      for (const { contactId, line } of rows) {
        const own = kept.get(contactId);
        if (own) own[table] = [...(own[table] ?? []), line];
      }
    };
    note("contacts", await photographRows(tx.db, tx.tenantId, "contacts", "id", ids));
    for (const { table, columns = ["contact_id"] } of takenTables())
      for (const column of columns) note(table, await photographRows(tx.db, tx.tenantId, table, column, ids));
    for (const { outlive } of personTables()) await outlive?.(tx, ids);
    await eraseConsentsOf(tx.db, ids);
    await deleteContactRows(tx.db, tx.tenantId, ids);
    return [...kept].map(([contactId, before]) => ({ contactId, before }));
  },
  async undo(tx, rows) {
    const linesOf = ({ before }: ChangeRow) => {
      const { contacts = [], identities = [] } = before as Photographs;
      return [...contacts, ...identities];
    };
    const erased = await findErasedLines(tx, rows.flatMap(linesOf));
    const people = rows
      .filter((row) => !linesOf(row).some((line) => erased.has(line)))
      .flatMap(({ before }) => (before as Photographs).contacts ?? []);
    const keys = await insertRows(tx.db, tx.tenantId, "contacts", people);
    const back = new Set(keys.map((key) => (JSON.parse(key) as { id: string }).id));
    // Whose external id was given to somebody else meanwhile stays away, with all that was theirs.
    const restored = rows.filter(({ contactId }) => back.has(contactId));
    for (const { table } of takenTables())
      await insertRows(
        tx.db,
        tx.tenantId,
        table,
        restored.flatMap(({ before }: ChangeRow) => (before as Photographs)[table] ?? []),
      );
    await dropLooseEnds(tx.db, tx.tenantId, [...back]);
    await scoreContacts(tx, [...back]);
    return restored.length;
  },
};

/** The acts of this domain; other domains bring their own through the registry. */
export const contactBulkHandlers: BulkHandler[] = [
  settingOf("tag", (tx, detail) => checkTag(tx, detail, true)),
  settingOf("untag", (tx, detail) => checkTag(tx, detail, false)),
  settingOf("owner", async (tx, detail) => {
    only(detail, "owner_id");
    if (detail.owner_id === null) return { owner_id: null };
    const ownerId = typeof detail.owner_id === "string" ? fromWireId("person", detail.owner_id) : null;
    const name = ownerId ? await findMemberName(tx.db, tx.tenantId, ownerId) : null;
    if (!ownerId || name === null) throw invalid("/detail/owner_id", "must be somebody of this workspace, or null");
    return { owner_id: ownerId, owner_name: name };
  }),
  settingOf("stage", async (_, detail) => {
    only(detail, "stage");
    const stage = stages.find((known) => known === detail.stage);
    if (!stage) throw invalid("/detail/stage", `must be one of ${stages.join(", ")}`);
    return { stage };
  }),
  deletion,
];
