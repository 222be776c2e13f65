import type { Permission } from "@/lib/domain/access/permissions";
import type { TimelineItem } from "@/lib/domain/contacts/timeline-shapes";
import type { BulkAct } from "@/lib/domain/contacts/vocabulary";
import type { Tx } from "../context";

/**
 * What each domain tells of the tables in which it knows a person. `lib/services/registry.ts` gathers the entries, and a
 * test fails when a table that knows a contact has none: so nothing is forgotten by an erasure, an export or a merge.
 */
export type PersonTable = {
  table: string;
  /** The columns that name the contact; `contact_id` where nothing else is said. */
  columns?: readonly string[];
  /** In words, for the record of what is processed. */
  holds: string;
  /** `cascade`: the foreign key takes the rows with the contact. Else what takes them, and how many they were. */
  erase: "cascade" | ((tx: Tx, contactId: string) => Promise<number>);
  /** The rows as the person may read them; or why nothing of the table is handed out. */
  export: ((tx: Tx, contactId: string) => Promise<Record<string, unknown>[]>) | { left: string };
  /** How the loser's rows become the winner's, and come back; or why the table is left alone. */
  merge: Merging | { left: string };
  /** What must stand after a deletion (not an erasure, which has a word of its own), noted while the people are still here. */
  outlive?(tx: Tx, contactIds: readonly string[]): Promise<void>;
  /** A deletion takes these rows too though no foreign key does: the undo of a deletion must bring them back. */
  isDeletedToo?: boolean;
};

/** Two that become one; of the workspace's own attributes the loser's values of `attributesOfLoser` stay. */
export type Pair = { winnerId: string; loserId: string; attributesOfLoser?: readonly string[] };

/**
 * `join` runs before the loser goes (and its cascading rows with it). What it answers is kept in the merge's snapshot as
 * JSON and handed to `part`, which runs once the loser stands again. The two together must change nothing.
 */
export type Merging = {
  join(tx: Tx, pair: Pair): Promise<unknown>;
  part(tx: Tx, pair: Pair, memory: unknown): Promise<void>;
};

export type TimelinePlace = {
  /** Only what lies before (at, id), newest first. */
  before: Date | null;
  beforeId: string | null;
  limit: number;
  kinds?: readonly string[];
};

/** What a domain has to say on a contact's time line. An `id` is unique among all sources, best by a prefix of its kind. */
export type TimelineSource = {
  kinds: readonly string[];
  /** What it takes beside the right to read contacts: who may not see it is not told of it. */
  needs?: Permission;
  load(tx: Tx, contactId: string, place: TimelinePlace): Promise<TimelineItem[]>;
};

/** What one contact was before a change of many touched it. */
export type ChangeRow = { contactId: string; before: Record<string, unknown> };

/**
 * One act that can be done to many contacts and taken back. The rows of the contacts are locked in the order of their ids
 * while it runs, and those that are gone have been left out.
 */
export type BulkHandler = {
  act: BulkAct;
  /** What it takes beside the right to change many, to do it and to take it back. */
  needs?: Permission;
  /** Refuses a detail that cannot be carried out (an AppError that names the field), before anything begins. */
  check(tx: Tx, detail: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Answers a row for each contact that really changed. */
  apply(tx: Tx, contactIds: string[], detail: Record<string, unknown>, changeId: string): Promise<ChangeRow[]>;
  /** Takes back what this change did where it still stands as it left it. Answers how many were restored. */
  undo(tx: Tx, rows: ChangeRow[], detail: Record<string, unknown>, changeId: string): Promise<number>;
};
