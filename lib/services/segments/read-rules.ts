import { findWorkspace } from "@/db/queries/access/workspaces";
import { loadFields } from "@/db/queries/segments/load-fields";
import { findReferred } from "@/db/queries/segments/references";
import { findSegment } from "@/db/queries/segments/segments";
import { describeRules, type Names } from "@/lib/domain/segments/describe-rules";
import { readRules as readTree } from "@/lib/domain/segments/read-rules";
import type { Fields, Reference } from "@/lib/domain/segments/registry";
import { eachRule, mapRules, type RuleTree } from "@/lib/domain/segments/rules";
import { AppError, type FieldFault, notFound } from "@/lib/kernel/errors";
import { fromWireId, type Noun, toWireId } from "@/lib/kernel/ids";
import type { Tx } from "../context";
import type { ReadyRules } from "./count-segment";

const referenceNouns: Record<Reference, Noun> = {
  tag: "tag",
  owner: "person",
  company: "company",
  segment: "segment",
  import: "import",
};

/** What rules of this workspace are read, described and compiled with. */
export async function loadGround(tx: Tx): Promise<{ fields: Fields; timeZone: string }> {
  const [fields, workspace] = [await loadFields(tx.db, tx.tenantId), await findWorkspace(tx.db, tx.tenantId)];
  if (!workspace) throw notFound("workspace");
  return { fields, timeZone: workspace.timeZone };
}

/** A caller's tree, checked down to what its references name, or a refusal that points at every fault. */
export async function readRules(tx: Tx, given: unknown, pointer = "/rules"): Promise<ReadyRules & { names: Names }> {
  const ground = await loadGround(tx);
  const reading = readTree(given, ground.fields, pointer);
  if (reading.kind === "no") throw refusal(reading.faults);
  const { found, names } = await resolve(tx, reading.rules, ground.fields);
  const faults: FieldFault[] = [];
  for (const { rule, pointer: at } of eachRule(reading.rules, pointer)) {
    const kind = ground.fields.get(rule.field)?.reference;
    if (!kind) continue;
    for (const [index, text] of (rule.value as string[] | undefined)?.entries() ?? [])
      if (!found.get(kind)?.has(text)) faults.push({ pointer: `${at}/value/${index}`, message: `names no ${kind}` });
  }
  if (faults.length > 0) throw refusal(faults.slice(0, 20));
  const tree = mapRules(reading.rules, (rule) => {
    const kind = ground.fields.get(rule.field)?.reference;
    if (!kind || !Array.isArray(rule.value)) return rule;
    const ids = (rule.value as string[]).flatMap((text) => found.get(kind)?.get(text) ?? []);
    return { ...rule, value: [...new Set(ids)] };
  });
  await refuseSegmentsOfSegments(tx, tree, pointer);
  return { tree, names, ...ground };
}

/** Saved rules, as they were found right once. A field or a tag may have gone since: the sentence says so. */
export async function readyRules(tx: Tx, saved: unknown): Promise<(ReadyRules & { names: Names }) | null> {
  const ground = await loadGround(tx);
  const reading = readTree(saved, ground.fields);
  if (reading.kind === "no") return null;
  const { names } = await resolve(tx, reading.rules, ground.fields);
  return { tree: reading.rules, names, ...ground };
}

export const sentenceOf = (rules: ReadyRules & { names: Names }): string =>
  describeRules(rules.tree, rules.fields, rules.names);

function refusal(faults: FieldFault[]): AppError {
  const [first] = faults;
  return new AppError("invalid_input", `The rules cannot be read: ${first?.pointer} ${first?.message}.`, {
    reason: "bad_rules",
    faults,
  });
}

/** What each reference names: by kind, from the text as it was given to the id on the wire. */
async function resolve(tx: Tx, tree: RuleTree, fields: Fields) {
  const wanted = new Map<Reference, Set<string>>();
  for (const { rule } of eachRule(tree)) {
    const kind = fields.get(rule.field)?.reference;
    if (!kind || !Array.isArray(rule.value)) continue;
    const texts = wanted.get(kind) ?? new Set();
    for (const text of rule.value as string[]) texts.add(text);
    wanted.set(kind, texts);
  }
  const found = new Map<Reference, Map<string, string>>();
  const names = new Map<string, string>();
  for (const [kind, texts] of wanted) {
    const noun = referenceNouns[kind];
    const ids = new Map([...texts].flatMap((text) => [[text, fromWireId(noun, text)] as const]));
    const rows = await findReferred(tx.db, tx.tenantId, kind, {
      ids: [...ids.values()].filter((id) => id !== null),
      names: [...texts].filter((text) => kind === "tag" && !ids.get(text)),
    });
    const byText = new Map<string, string>();
    for (const text of texts) {
      const id = ids.get(text);
      const row = rows.find((each) => (id ? each.id === id : each.name.toLowerCase() === text.toLowerCase()));
      if (!row) continue;
      byText.set(text, toWireId(noun, row.id));
      names.set(toWireId(noun, row.id), row.name);
    }
    found.set(kind, byText);
  }
  return { found, names };
}

/** One level only: whoever is asked about asks about no segment, so no circle can ever close. */
async function refuseSegmentsOfSegments(tx: Tx, tree: RuleTree, pointer: string): Promise<void> {
  for (const { rule, pointer: at } of eachRule(tree, pointer)) {
    if (rule.field !== "segment") continue;
    for (const [index, text] of (rule.value as string[]).entries()) {
      const id = fromWireId("segment", text);
      const asked = id ? await findSegment(tx.db, tx.tenantId, id) : null;
      if (asked?.rules && asksAboutSegments(asked.rules as RuleTree))
        throw refusal([
          {
            pointer: `${at}/value/${index}`,
            message: `${asked.name} asks about segments itself, and such a segment cannot be asked about`,
          },
        ]);
    }
  }
}

export function asksAboutSegments(tree: RuleTree): boolean {
  for (const { rule } of eachRule(tree)) if (rule.field === "segment") return true;
  return false;
}
