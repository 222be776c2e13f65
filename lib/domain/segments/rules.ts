import { type Operator, operators } from "./operators";

/** A tree of questions about one contact. References (a tag, an owner) are ids as on the wire: they say what they are. */
export type Rule = { field: string; operator: Operator; value?: RuleValue };
export type RuleValue = string | number | string[] | [number, number];
export type RuleTree = { all: RuleTree[] } | { any: RuleTree[] } | { none: RuleTree[] } | Rule;
export const groupKinds = ["all", "any", "none"] as const;
export type GroupKind = (typeof groupKinds)[number];

export const ruleLimits = { depth: 10, rules: 100, values: 100, text: 500, days: 36_500, times: 1_000_000 } as const;

export function groupOf(tree: RuleTree): { kind: GroupKind; trees: RuleTree[] } | null {
  if ("all" in tree) return { kind: "all", trees: tree.all };
  if ("any" in tree) return { kind: "any", trees: tree.any };
  if ("none" in tree) return { kind: "none", trees: tree.none };
  return null;
}

/** Every rule with the JSON pointer at which it stands. */
export function* eachRule(tree: RuleTree, pointer = ""): Generator<{ rule: Rule; pointer: string }> {
  const group = groupOf(tree);
  if (!group) {
    yield { rule: tree as Rule, pointer };
    return;
  }
  for (const [at, child] of group.trees.entries()) yield* eachRule(child, `${pointer}/${group.kind}/${at}`);
}

/** The same tree with each rule replaced. */
export function mapRules(tree: RuleTree, change: (rule: Rule) => Rule): RuleTree {
  const group = groupOf(tree);
  if (!group) return change(tree as Rule);
  const trees = group.trees.map((child) => mapRules(child, change));
  if (group.kind === "all") return { all: trees };
  return group.kind === "any" ? { any: trees } : { none: trees };
}

/** The tree as the audit log may keep it: what is asked, without the words that may be somebody's name or address. */
export function withoutWords(tree: RuleTree): RuleTree {
  return mapRules(tree, (rule) =>
    typeof rule.value === "string" && operators[rule.operator].takes === "text" ? { ...rule, value: "…" } : rule,
  );
}
