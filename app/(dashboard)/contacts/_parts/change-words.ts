import type { Change } from "@/lib/client/contacts";

const people = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "contact" : "contacts"}`;

const verbs: Record<Change["act"], { doing: string; done: string }> = {
  tag: { doing: "Tagging", done: "tagged" },
  untag: { doing: "Taking a tag from", done: "without the tag now" },
  owner: { doing: "Giving an owner to", done: "given their owner" },
  stage: { doing: "Moving the stage of", done: "moved to the stage" },
  segment_add: { doing: "Putting on a list", done: "put on the list" },
  segment_remove: { doing: "Taking off a list", done: "taken off the list" },
  consent: { doing: "Noting the consent of", done: "noted with their consent" },
  delete: { doing: "Deleting", done: "deleted" },
};

export const isUnderWay = (change: Pick<Change, "state">) =>
  change.state === "waiting" || change.state === "running" || change.state === "undoing";

/** What a change does now: "Tagging 41,200 contacts". */
export function doingWords(change: Change): string {
  const of = change.total > 0 ? people(change.total) : "contacts";
  return change.state === "undoing" ? `Taking back a change of ${of}` : `${verbs[change.act].doing} ${of}`;
}

/** What came of it: who was as asked already does not count as changed. */
export function doneWords(change: Change): string {
  if (change.state === "failed") return `${doingWords(change)} failed. ${change.failure ?? ""}`.trim();
  if (change.state === "undone") return `${people(change.changed)} are as they were`;
  const gone = change.gone > 0 ? `. ${people(change.gone)} had gone before their turn` : "";
  if (change.changed === 0) return `Nobody had to be changed: they were so already${gone}`;
  return `${people(change.changed)} ${verbs[change.act].done}${gone}`;
}
