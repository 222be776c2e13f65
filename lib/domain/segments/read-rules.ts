import type { FieldFault } from "@/lib/kernel/errors";
import { isOperator, type Operator, operators, type Taking } from "./operators";
import type { Field, Fields } from "./registry";
import { type GroupKind, groupKinds, type Rule, type RuleTree, type RuleValue, ruleLimits } from "./rules";

export type RulesReading = { kind: "ok"; rules: RuleTree } | { kind: "no"; faults: FieldFault[] };

const mostFaults = 20;

/** A stranger's tree, checked: only fields, operators and values that the registry knows come out of here. */
export function readRules(input: unknown, fields: Fields, pointer = "/rules"): RulesReading {
  const reader = new Reader(fields);
  const rules = reader.tree(input, pointer, 1);
  return rules && reader.faults.length === 0 ? { kind: "ok", rules } : { kind: "no", faults: reader.faults };
}

class Reader {
  readonly faults: FieldFault[] = [];
  private rules = 0;

  constructor(private readonly fields: Fields) {}

  private no(pointer: string, message: string): null {
    if (this.faults.length < mostFaults) this.faults.push({ pointer, message });
    return null;
  }

  tree(input: unknown, pointer: string, depth: number): RuleTree | null {
    if (depth > ruleLimits.depth) return this.no(pointer, `must not be nested more than ${ruleLimits.depth} deep`);
    if (typeof input !== "object" || input === null || Array.isArray(input))
      return this.no(pointer, "must be a group { all | any | none: [...] } or a rule { field, operator, value }");
    const given = input as Record<string, unknown>;
    const kind = groupKinds.find((word) => Object.hasOwn(given, word));
    return kind ? this.group(given, kind, pointer, depth) : this.rule(given, pointer);
  }

  private group(given: Record<string, unknown>, kind: GroupKind, pointer: string, depth: number): RuleTree | null {
    if (this.strangers(given, [kind], pointer)) return null;
    const children = given[kind];
    const at = `${pointer}/${kind}`;
    if (!Array.isArray(children)) return this.no(at, "must be a list of groups and rules");
    // Only the outermost "all" may be empty: it means everybody. Anywhere else an empty group is a slip.
    if (children.length === 0 && (depth > 1 || kind !== "all")) return this.no(at, "must not be empty");
    if (children.length > ruleLimits.rules) return this.no(at, `must have at most ${ruleLimits.rules} entries`);
    const trees: RuleTree[] = [];
    for (const [index, child] of children.entries()) {
      const tree = this.tree(child, `${at}/${index}`, depth + 1);
      if (tree) trees.push(tree);
      if (this.faults.length >= mostFaults || this.rules > ruleLimits.rules) break;
    }
    if (kind === "all") return { all: trees };
    return kind === "any" ? { any: trees } : { none: trees };
  }

  private rule(given: Record<string, unknown>, pointer: string): Rule | null {
    this.rules += 1;
    if (this.rules > ruleLimits.rules) return this.no(pointer, `there may be at most ${ruleLimits.rules} rules in all`);
    if (this.strangers(given, ["field", "operator", "value"], pointer)) return null;
    const field = typeof given.field === "string" ? this.fields.get(given.field) : undefined;
    if (!field) return this.no(`${pointer}/field`, "is not a field that rules know");
    const { operator } = given;
    if (!isOperator(operator)) return this.no(`${pointer}/operator`, "is not an operator that rules know");
    if (!field.operators.includes(operator))
      return this.no(`${pointer}/operator`, `does not fit ${field.id}; it takes ${field.operators.join(", ")}`);
    const { takes } = operators[operator];
    if (takes === "none") {
      if (given.value !== undefined && given.value !== null)
        return this.no(`${pointer}/value`, `must be left out: ${operator} takes none`);
      return { field: field.id, operator };
    }
    const read = readValue(takes, given.value, field, operator);
    if (read.kind === "no") return this.no(`${pointer}/value${read.under ?? ""}`, read.because);
    return { field: field.id, operator, value: read.value };
  }

  private strangers(given: Record<string, unknown>, known: readonly string[], pointer: string): boolean {
    const stranger = Object.keys(given).find((key) => !known.includes(key));
    if (stranger === undefined) return false;
    const named = stranger.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1");
    this.no(`${pointer}/${named}`, `does not belong beside ${known.join(", ")}`);
    return true;
  }
}

type ValueReading = { kind: "ok"; value: RuleValue } | { kind: "no"; because: string; under?: string };
const ok = (value: RuleValue): ValueReading => ({ kind: "ok", value });
const no = (because: string, under?: string): ValueReading => ({ kind: "no", because, ...(under ? { under } : {}) });

function readValue(takes: Taking, value: unknown, field: Field, operator: Operator): ValueReading {
  switch (takes) {
    case "text":
      return typeof value === "string" && value.trim() !== "" && value.length <= ruleLimits.text
        ? ok(operator === "domain_is" ? value.trim().toLowerCase().replace(/^@/, "") : value)
        : no(`must be a text of 1 to ${ruleLimits.text} characters`);
    case "number":
      return isPlainNumber(value) ? ok(value) : no("must be a number");
    case "range": {
      if (!Array.isArray(value) || value.length !== 2) return no("must be two numbers: [from, to]");
      const [from, to] = value as unknown[];
      if (!isPlainNumber(from)) return no("must be a number", "/0");
      if (!isPlainNumber(to)) return no("must be a number", "/1");
      return from <= to ? ok([from, to]) : no("must begin with the lower number");
    }
    case "days":
      return isWhole(value, operator === "in_next_days" ? 0 : 1, ruleLimits.days)
        ? ok(value)
        : no(`must be a whole number of days up to ${ruleLimits.days.toLocaleString("en")}`);
    case "times":
      return isWhole(value, 1, ruleLimits.times) ? ok(value) : no("must be a whole number from 1");
    case "date":
      return typeof value === "string" && isDay(value) ? ok(value) : no("must be a day such as 2026-11-21");
    case "many":
      return readMany(value, field);
    case "none":
      return no("must be left out");
  }
}

function readMany(value: unknown, field: Field): ValueReading {
  if (!Array.isArray(value) || value.length === 0) return no("must be a list of at least one value");
  if (value.length > ruleLimits.values) return no(`must have at most ${ruleLimits.values} values`);
  const many: string[] = [];
  for (const [index, one] of value.entries()) {
    if (typeof one !== "string" || one.trim() === "" || one.length > ruleLimits.text)
      return no(`must be a text of 1 to ${ruleLimits.text} characters`, `/${index}`);
    if (field.values && !field.values.some((choice) => choice.value === one))
      return no(`must be one of ${field.values.map((choice) => choice.value).join(", ")}`, `/${index}`);
    if (!many.includes(one)) many.push(one);
  }
  return ok(many);
}

const isPlainNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= 1e15;

const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;

/** A day of the calendar that exists, in the years that the database knows by the same name. */
function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}
