import { fromWireId, type Noun, nouns, toWireId } from "@/lib/kernel/ids";
import { type RunSubject, runSubjects } from "./vocabulary";

/** What a run is about, as its owner's id names it on the wire: `ws_…`. A later domain adds its noun here. */
export const subjectNouns: Record<RunSubject, Noun> = {
  workspace: "tenant",
  import: "import",
  export: "export",
  change: "bulkChange",
  segment: "segment",
  contact: "contact",
};

export type Subject = { kind: RunSubject; id: string };

export const toWireSubject = ({ kind, id }: Subject): string => toWireId(subjectNouns[kind], id);

export function fromWireSubject(text: string): Subject | null {
  const kind = runSubjects.find((each) => text.startsWith(`${nouns[subjectNouns[each]]}_`));
  const id = kind && fromWireId(subjectNouns[kind], text);
  return kind && id ? { kind, id } : null;
}
