/** The words of data protection. */
export const requestKinds = ["access", "erasure", "correction", "objection"] as const;
export type RequestKind = (typeof requestKinds)[number];

export const requestStates = ["open", "done", "refused"] as const;
export type RequestState = (typeof requestStates)[number];

/** What is kept for a time, and then goes. */
export const dataClasses = ["import_files", "exports", "score_history", "segment_history", "change_snapshots"] as const;
export type DataClass = (typeof dataClasses)[number];
