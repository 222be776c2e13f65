import type { ExportKind, ExportState, ImportPolicy, ImportState } from "./vocabulary";

/** How people read the words of imports and exports. */
export const importStateLabels: Record<ImportState, string> = {
  uploading: "Uploading",
  ready: "Waits for you",
  running: "Running",
  done: "Done",
  failed: "Failed",
  cancelled: "Stopped",
  undoing: "Being taken back",
  undone: "Taken back",
};

export const policyLabels: Record<ImportPolicy, { label: string; says: string }> = {
  update: { label: "Update them", says: "The file's values replace what is known. An empty cell changes nothing." },
  skip: { label: "Leave them as they are", says: "Only people who are not known yet are taken in." },
  create: { label: "Create everybody anew", says: "Nobody is looked up. The same file twice makes everybody twice." },
};

export const exportStateLabels: Record<ExportState, string> = {
  waiting: "Waiting",
  running: "Being written",
  done: "Ready",
  failed: "Failed",
  expired: "Expired",
};

export const exportKindLabels: Record<ExportKind, string> = {
  contacts: "Contacts",
  person: "One person's data",
  processing: "Processing record",
};

/** Of rows that could not be taken in and are not kept: where they are found again. */
export function missingInWords(missing: number): string {
  const rows = missing === 1 ? "1 more row" : `${missing.toLocaleString("en")} more rows`;
  return `${rows} could not be taken in and ${missing === 1 ? "is" : "are"} not kept here. Bring the whole file again to see ${missing === 1 ? "it" : "them"}.`;
}
