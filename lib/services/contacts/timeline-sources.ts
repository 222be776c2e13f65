import {
  listChangeLines,
  listCreatedLines,
  listMergeLines,
  listNoteLines,
  listScoreLines,
  listTaskLines,
} from "@/db/queries/contacts/timeline";
import { changeInWords } from "@/lib/domain/contacts/timeline";
import type { TimelineItem } from "@/lib/domain/contacts/timeline-shapes";
import type { Tx } from "../context";
import type { TimelinePlace, TimelineSource } from "./person-data";

type Line = { id: string; at: Date };
type Said = Pick<TimelineItem, "title"> & Partial<TimelineItem>;

/** A source of one kind: how its lines are asked for, and how each is told. */
function source<Row extends Line>(
  kind: string,
  list: (db: Tx["db"], tenantId: Tx["tenantId"], contactId: string, place: TimelinePlace) => Promise<Row[]>,
  tell: (row: Row) => Said,
): TimelineSource {
  return {
    kinds: [kind],
    load: async (tx, contactId, place) => {
      const rows = await list(tx.db, tx.tenantId, contactId, place);
      return rows.map((row) => ({
        id: row.id,
        kind,
        at: row.at,
        actor: null,
        detail: null,
        channel: null,
        href: null,
        ...tell(row),
      }));
    },
  };
}

const dayOf = (time: string) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(time),
  );

/** What contacts themselves have to tell. */
export const contactTimeline: TimelineSource[] = [
  source("note", listNoteLines, ({ author_name, text }) => ({ actor: author_name, title: "Note", detail: text })),
  source("task", listTaskLines, ({ title, is_done, due_at, assignee }) => ({
    actor: assignee,
    title: is_done ? `Done: ${title}` : `To do: ${title}`,
    detail: !is_done && due_at ? `Due ${dayOf(due_at)}` : null,
  })),
  source("score", listScoreLines, ({ score, grade, earlier }) => ({
    title: `Score ${score}, grade ${grade}`,
    detail: earlier === null || earlier === score ? null : `It was ${earlier}`,
  })),
  source("merge", listMergeLines, ({ created_by_name, is_undone, loser }) => ({
    actor: created_by_name,
    title: is_undone
      ? "Merged with another contact, and parted again"
      : `Merged with ${loser || "a contact without a name"}`,
  })),
  source("change", listChangeLines, ({ act, detail, created_by_name, is_undone }) => ({
    actor: created_by_name,
    title: changeInWords(act, detail),
    detail: is_undone ? "Taken back since" : null,
  })),
  source("created", listCreatedLines, ({ is_imported }) => ({
    title: is_imported ? "Taken in by an import" : "Became a contact",
  })),
];
