import type { BuilderField, SegmentFields } from "@/lib/client/segments";
import { isOperator, operators } from "@/lib/domain/segments/operators";
import {
  type GroupKind,
  groupOf,
  type Rule,
  type RuleTree,
  type RuleValue,
  ruleLimits,
} from "@/lib/domain/segments/rules";

/** Rules while they are being built: unfinished ones stand here too, and each part has a name of its own for the screen. */
export type DraftRule = { id: string; field: string; operator: string; value: RuleValue | undefined };
export type DraftGroup = { id: string; kind: GroupKind; parts: Draft[] };
export type Draft = DraftRule | DraftGroup;

export const isGroup = (draft: Draft): draft is DraftGroup => "parts" in draft;

let made = 0;
const nextId = () => `part-${++made}`;

export const emptyGroup = (kind: GroupKind = "all"): DraftGroup => ({ id: nextId(), kind, parts: [] });
export const emptyRule = (): DraftRule => ({ id: nextId(), field: "", operator: "", value: undefined });

/** A saved tree as the builder holds it: the outermost part is always a group. */
export function draftFrom(tree: RuleTree): DraftGroup {
  const draft = partFrom(tree);
  return isGroup(draft) ? draft : { ...emptyGroup(), parts: [draft] };
}

function partFrom(tree: RuleTree): Draft {
  const group = groupOf(tree);
  if (group) return { id: nextId(), kind: group.kind, parts: group.trees.map(partFrom) };
  const { field, operator, value } = tree as Rule;
  return { id: nextId(), field, operator, value };
}

/** The finished rules as a tree; what is unfinished, or a group without anything finished, is left out. */
export function treeFrom(draft: DraftGroup): RuleTree {
  return groupTree(draft) ?? { all: [] };
}

function groupTree({ kind, parts }: DraftGroup): RuleTree | null {
  const trees = parts.flatMap((part) => (isGroup(part) ? groupTree(part) : ruleTree(part)) ?? []);
  if (trees.length === 0) return null;
  if (kind === "all") return { all: trees };
  return kind === "any" ? { any: trees } : { none: trees };
}

function ruleTree({ field, operator, value }: DraftRule): Rule | null {
  if (!isFinished({ field, operator, value }) || !isOperator(operator)) return null;
  return operators[operator].takes === "none" || value === undefined ? { field, operator } : { field, operator, value };
}

export function isFinished({ field, operator, value }: Pick<DraftRule, "field" | "operator" | "value">): boolean {
  if (!field || !isOperator(operator)) return false;
  switch (operators[operator].takes) {
    case "none":
      return true;
    case "text":
    case "date":
      return typeof value === "string" && value.trim() !== "";
    case "many":
      return Array.isArray(value) && value.length > 0;
    case "range":
      return Array.isArray(value) && value.length === 2 && Number(value[0]) <= Number(value[1]);
    default:
      return typeof value === "number" && Number.isFinite(value);
  }
}

export const countUnfinished = (draft: Draft): number =>
  isGroup(draft) ? draft.parts.reduce((sum, part) => sum + countUnfinished(part), 0) : isFinished(draft) ? 0 : 1;

export const countRules = (draft: Draft): number =>
  isGroup(draft) ? draft.parts.reduce((sum, part) => sum + countRules(part), 0) : 1;

export const hasRoom = (draft: DraftGroup): boolean => countRules(draft) < ruleLimits.rules;

/** The first operator of the field that fits, with the value that stands if it still means something. */
export function withField(rule: DraftRule, field: BuilderField): DraftRule {
  const operator =
    field.operators.includes(rule.operator) && rule.field === field.id ? rule.operator : field.operators[0];
  return { ...rule, field: field.id, operator: operator ?? "", value: firstValue(operator ?? "", field) };
}

export function withOperator(rule: DraftRule, operator: string, field: BuilderField): DraftRule {
  const before = isOperator(rule.operator) ? operators[rule.operator].takes : null;
  const after = isOperator(operator) ? operators[operator].takes : null;
  return { ...rule, operator, value: before === after ? rule.value : firstValue(operator, field) };
}

/** Days and times begin with a number that most people mean; everything else waits for its word. */
function firstValue(operator: string, field: BuilderField): RuleValue | undefined {
  if (!isOperator(operator)) return undefined;
  const { takes } = operators[operator];
  if (takes === "days") return 30;
  if (takes === "times") return 1;
  if (takes === "range") return field.id === "score" ? [50, 80] : [0, 100];
  return undefined;
}

export function change(draft: DraftGroup, id: string, to: (part: Draft) => Draft | null): DraftGroup {
  const parts = draft.parts.flatMap((part) => {
    if (part.id === id) return to(part) ?? [];
    return isGroup(part) ? change(part, id, to) : part;
  });
  return { ...draft, parts };
}

export function addTo(draft: DraftGroup, groupId: string, part: Draft, at?: number): DraftGroup {
  if (draft.id === groupId) {
    const parts = [...draft.parts];
    parts.splice(at ?? parts.length, 0, part);
    return { ...draft, parts };
  }
  return { ...draft, parts: draft.parts.map((each) => (isGroup(each) ? addTo(each, groupId, part, at) : each)) };
}

/** Where a part stands, so that an undo puts it back there. */
export function placeOf(draft: DraftGroup, id: string): { groupId: string; at: number } | null {
  const at = draft.parts.findIndex((part) => part.id === id);
  if (at >= 0) return { groupId: draft.id, at };
  for (const part of draft.parts) {
    const found = isGroup(part) ? placeOf(part, id) : null;
    if (found) return found;
  }
  return null;
}

export const fieldOf = (fields: SegmentFields, id: string): BuilderField | undefined =>
  fields.items.find((field) => field.id === id);
