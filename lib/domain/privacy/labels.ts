import type { DataClass, RequestKind, RequestState } from "./vocabulary";

/** One face per word. A new word does not compile until it has one. */
export const requestKindLabels: Record<RequestKind, { label: string; says: string; act: string }> = {
  access: { label: "Copy of their data", says: "They want to know what is kept of them", act: "Export" },
  erasure: { label: "Erasure", says: "They want their data gone", act: "Erase" },
  correction: { label: "Correction", says: "Something about them is wrong", act: "Correct" },
  objection: { label: "Objection", says: "They do not want to be written to", act: "Stop writing" },
};

export const requestStateLabels: Record<RequestState, { label: string; tone: "good" | "waiting" | "quiet" }> = {
  open: { label: "Open", tone: "waiting" },
  done: { label: "Done", tone: "good" },
  refused: { label: "Refused", tone: "quiet" },
};

export const dataClassLabels: Record<DataClass, { label: string; says: string }> = {
  import_files: { label: "Files of imports", says: "Rows that could not be taken in, and what is left of the files" },
  exports: { label: "List of exports", says: "Who exported what; the files themselves are gone after a day" },
  score_history: { label: "History of scores", says: "What each contact's score was on a day" },
  segment_history: { label: "History of segments", says: "Who was once a member and left" },
  change_snapshots: {
    label: "Undo of changes",
    says: "What contacts were before a change of many, an import or a merge",
  },
};
