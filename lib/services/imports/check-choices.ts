import { attributeKeyOf, type ImportTarget, isFixedTarget } from "@/lib/domain/contacts/csv/targets";
import type { ImportOptions, MappedColumn } from "@/lib/domain/imports/shapes";
import type { ImportPolicy } from "@/lib/domain/imports/vocabulary";
import { AppError, type FieldFault } from "@/lib/kernel/errors";
import type { Tx } from "../context";
import { findListSegment } from "./find-list-segment";
import { loadAttributes } from "./load-attributes";

export type Choices = { mapping: MappedColumn[]; policy: ImportPolicy; options: ImportOptions };

/** Refuses what could not be carried out, before anything begins. Pointers are those of the request that said it. */
export async function checkChoices(tx: Tx, header: readonly string[], { mapping, options }: Choices): Promise<void> {
  const faults: FieldFault[] = [];
  const declared = new Set((await loadAttributes(tx)).map(({ key }) => key));
  for (const { key } of options.newAttributes) declared.add(key);
  const columns = new Set<number>();
  const targets = new Map<string, number>();
  for (const [at, { column, target }] of mapping.entries()) {
    if (column >= header.length)
      faults.push({ pointer: `/mapping/${at}/column`, message: `The file has only ${header.length} columns.` });
    if (columns.has(column)) faults.push({ pointer: `/mapping/${at}/column`, message: "This column is mapped twice." });
    columns.add(column);
    if (target === null) continue;
    const before = targets.get(target);
    if (before !== undefined)
      faults.push({
        pointer: `/mapping/${at}/target`,
        message: `"${header[before] ?? before}" and "${header[column] ?? column}" cannot be the same thing.`,
      });
    targets.set(target, column);
    const attribute = attributeKeyOf(target as ImportTarget);
    const isKnown = attribute ? declared.has(attribute) : isFixedTarget(target);
    if (!isKnown)
      faults.push({
        pointer: `/mapping/${at}/target`,
        message: attribute ? `There is no attribute ${attribute}.` : `There is no such target: ${target}.`,
      });
  }
  if (options.segmentId !== null && !(await findListSegment(tx, options.segmentId)))
    faults.push({ pointer: "/options/segment_id", message: "There is no such list." });
  const first = faults[0];
  if (first) throw new AppError("invalid_input", first.message, { faults: faults.slice(0, 50) });
}

/** By one of these a person can be told from the next; a file without any of them is a list of nobody. */
const namesSomebody = ["external_id", "name", "first_name", "last_name", "email", "phone"];
const accounts = ["whatsapp", "instagram", "facebook", "linkedin", "twitter"];

export function saysWho(mapping: readonly MappedColumn[]): boolean {
  return mapping.some(({ target }) => target !== null && [...namesSomebody, ...accounts].includes(target));
}
