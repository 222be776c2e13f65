import type { ImportAct, ImportState } from "./vocabulary";

/** From which states an act is possible. Everything an act needs to know of an import is in its state. */
const from: Record<ImportAct, readonly ImportState[]> = {
  change: ["ready"],
  start: ["ready"],
  cancel: ["running"],
  /** What a stopped or failed import had written is in, and can be taken back like all of it. */
  undo: ["done", "cancelled", "failed"],
  delete: ["ready"],
};

export function actsOn(state: ImportState): ImportAct[] {
  return (Object.keys(from) as ImportAct[]).filter((act) => from[act].includes(state));
}

/** Null where the act is possible; otherwise why not, in words. */
export function refusalOf(act: ImportAct, state: ImportState): string | null {
  if (from[act].includes(state)) return null;
  return because[state];
}

const because: Record<ImportState, string> = {
  uploading: "The file is still on its way.",
  ready: "The import has not been started.",
  running: "The import is running.",
  done: "The import is done.",
  failed: "The import has failed.",
  cancelled: "The import was stopped.",
  undoing: "The import is being taken back.",
  undone: "The import was taken back.",
};
