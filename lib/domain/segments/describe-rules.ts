import { oppositeOf } from "./operators";
import type { Field, Fields } from "./registry";
import { groupOf, type Rule, type RuleTree } from "./rules";

/** Names of what rules refer to by id: `tag_…` to "vip". What is not in it was taken away since. */
export type Names = ReadonlyMap<string, string>;

const mostCharacters = 600;

/** The tree as a sentence: "People who are tagged vip and opened an email in the last 30 days." */
export function describeRules(tree: RuleTree, fields: Fields, names: Names = new Map()): string {
  const group = groupOf(tree);
  if (group?.kind === "all" && group.trees.length === 0) return "Everybody.";
  const text = `People who ${phraseOf(tree, fields, names, 0)}.`;
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 2).replace(/\s+\S*$/, "")} …`;
}

function phraseOf(tree: RuleTree, fields: Fields, names: Names, depth: number): string {
  const group = groupOf(tree);
  if (!group) return describeRule(tree as Rule, fields, names);
  const parts = group.trees.map((child) => phraseOf(child, fields, names, depth + 1));
  if (group.kind === "none") {
    const opposites = group.trees.map((child) => oppositeRule(child, fields));
    const others = opposites.flatMap((rule) => (rule ? describeRule(rule, fields, names) : []));
    if (others.length < parts.length) return `match none of these (${parts.join("; ")})`;
    return depth > 0 && others.length > 1 ? `(${others.join(" and ")})` : others.join(" and ");
  }
  const joined = parts.join(group.kind === "all" ? " and " : " or ");
  return depth > 0 && parts.length > 1 ? `(${joined})` : joined;
}

/** "Not bought" reads better than "none of these: bought". */
function oppositeRule(tree: RuleTree, fields: Fields): Rule | null {
  if (groupOf(tree)) return null;
  const rule = tree as Rule;
  const operator = oppositeOf(rule.operator);
  return operator && fields.get(rule.field)?.operators.includes(operator) ? { ...rule, operator } : null;
}

const listed = (values: readonly string[], word: string): string => {
  const shown = values.length > 6 ? [...values.slice(0, 5), `${values.length - 5} others`] : values;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} ${word} ${shown.at(-1)}`;
};

function describeRule(rule: Rule, fields: Fields, names: Names): string {
  const field = fields.get(rule.field);
  if (!field) return `match a rule about ${rule.field}, which is not there any more`;
  const { operator, value } = rule;
  const many = Array.isArray(value) ? value.map((one) => nameOf(String(one), field, names)) : [];
  const quoted = `“${String(value)}”`;
  const days = `${value} ${value === 1 ? "day" : "days"}`;
  const { says } = field;
  if ("did" in says) {
    const { did, didNot } = says;
    switch (operator) {
      case "in_last_days":
        return `${did} in the last ${days}`;
      case "not_in_last_days":
        return `${didNot} in the last ${days}`;
      case "before":
        return `${did} before ${value}`;
      case "on_or_after":
        return `${did} on ${value} or later`;
      case "ever":
      case "is_true":
        return did;
      case "never":
        return `never ${did}`;
      case "is_false":
        return didNot;
      case "at_least_times":
        return value === 1 ? `${did} at least once` : `${did} at least ${value} times`;
      case "fewer_than_times":
        return value === 1 ? didNot : `${did} fewer than ${value} times`;
      case "is_any_of":
      case "has_any_of":
        return `${did} ${listed(many, "or")}`;
      case "has_all_of":
        return `${did} ${listed(many, "and")}`;
      case "is_none_of":
      case "has_none_of":
        return `${didNot} ${listed(many, "or")}`;
      case "is_known":
        return field.reference ? `${did} anything at all` : `ever ${did.replace(/^last /, "")}`;
      default:
        return field.reference ? `${didNot} anything at all` : `never ${did.replace(/^last /, "")}`;
    }
  }
  const { noun } = says;
  switch (operator) {
    case "is":
      return `have the ${noun} ${quoted}`;
    case "is_not":
      return `do not have the ${noun} ${quoted}`;
    case "contains":
      return `have a ${noun} with ${quoted} in it`;
    case "contains_not":
      return `have no ${noun} with ${quoted} in it`;
    case "begins_with":
      return `have a ${noun} that begins with ${quoted}`;
    case "domain_is":
      return `have an address at ${String(value)}`;
    case "is_any_of":
      return `have the ${noun} ${listed(many, "or")}`;
    case "is_none_of":
      return `do not have the ${noun} ${listed(many, "or")}`;
    case "equals":
      return `have a ${noun} of ${value}`;
    case "equals_not":
      return `do not have a ${noun} of ${value}`;
    case "over":
      return `have a ${noun} over ${value}`;
    case "under":
      return `have a ${noun} under ${value}`;
    case "between":
      return `have a ${noun} from ${many[0]} to ${many[1]}`;
    case "in_last_days":
      return `have a ${noun} in the last ${days}`;
    case "in_next_days":
      return value === 0 ? `have their ${noun} today` : `have a ${noun} in the next ${days}`;
    case "before":
      return `have a ${noun} before ${value}`;
    case "on_or_after":
      return `have a ${noun} on ${value} or later`;
    case "anniversary_today":
      return `have the day of their ${noun} today`;
    case "is_true":
      return `have ${noun} set to yes`;
    case "is_false":
      return `do not have ${noun} set to yes`;
    case "is_known":
      return `have a known ${noun}`;
    default:
      return `have no known ${noun}`;
  }
}

function nameOf(value: string, field: Field, names: Names): string {
  if (field.reference) return names.get(value) ?? "something that was taken away";
  return field.values?.find((choice) => choice.value === value)?.label ?? value;
}
