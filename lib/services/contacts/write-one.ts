import { judgeProfile, type ProfileInput } from "@/lib/domain/contacts/profile";
import { AppError, type FieldFault } from "@/lib/kernel/errors";
import type { Tx } from "../context";
import { loadProfileFacts } from "./profile-facts";
import { tellContactsChanged } from "./tell-contacts-changed";
import { writeContacts } from "./write-contacts";
import type { WriteOptions, WriteOutcome } from "./write-shapes";

/** For the doors that write one contact: what would be a row's fault is the refusal of the whole. */
export async function writeOne(
  tx: Tx,
  input: ProfileInput,
  options: Omit<WriteOptions, "at"> & { id?: string },
): Promise<WriteOutcome & { id: string }> {
  const { id, ...rest } = options;
  const facts = await loadProfileFacts(tx);
  const judged = judgeProfile(input, { ...facts, isKnown: id !== undefined });
  if (judged.kind === "no") throw refused(judged.faults);
  const [outcome] = await writeContacts(tx, [{ profile: judged.profile, id }], { ...rest, at: tx.now() });
  if (!outcome || outcome.id === null) throw refused(outcome?.faults ?? []);
  const written = { ...outcome, id: outcome.id };
  if (outcome.kind === "created" || outcome.kind === "updated") await tellContactsChanged(tx, [outcome.id]);
  return written;
}

function refused(faults: FieldFault[]): AppError {
  const isTaken = faults.some(({ message }) => message.startsWith("belongs to"));
  const message = isTaken ? "Somebody else has this already." : "The contact cannot be written like this.";
  return isTaken
    ? new AppError("conflict", message, { reason: "belongs_to_another", faults })
    : new AppError("invalid_input", message, { faults });
}

/** What a line of the audit log tells of a contact: which fields, never what stands in them. It outlives an erasure. */
export function auditOf(id: string, input: ProfileInput) {
  const fields = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return { subject: { kind: "contact", id, name: "Contact" }, after: { fields } } as const;
}
