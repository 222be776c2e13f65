/**
 * What can be asked of a field, as data: the reader checks a rule's value by `takes`, the builder draws its control by it,
 * and the compiler turns each into one condition. A negative operator is the exact complement of its positive one, so
 * people of whom nothing is known are found by "is not" too.
 */
export const takings = ["none", "text", "number", "range", "days", "times", "date", "many"] as const;
export type Taking = (typeof takings)[number];

export const operators = {
  is: { label: "is", takes: "text" },
  is_not: { label: "is not", takes: "text" },
  contains: { label: "contains", takes: "text" },
  contains_not: { label: "does not contain", takes: "text" },
  begins_with: { label: "begins with", takes: "text" },
  domain_is: { label: "is at the domain", takes: "text" },
  is_any_of: { label: "is any of", takes: "many" },
  is_none_of: { label: "is none of", takes: "many" },
  has_any_of: { label: "has any of", takes: "many" },
  has_all_of: { label: "has all of", takes: "many" },
  has_none_of: { label: "has none of", takes: "many" },
  equals: { label: "equals", takes: "number" },
  equals_not: { label: "does not equal", takes: "number" },
  over: { label: "is over", takes: "number" },
  under: { label: "is under", takes: "number" },
  between: { label: "is between", takes: "range" },
  in_last_days: { label: "in the last", takes: "days" },
  not_in_last_days: { label: "not in the last", takes: "days" },
  in_next_days: { label: "in the next", takes: "days" },
  before: { label: "before", takes: "date" },
  on_or_after: { label: "on or after", takes: "date" },
  anniversary_today: { label: "has its anniversary today", takes: "none" },
  ever: { label: "ever", takes: "none" },
  never: { label: "never", takes: "none" },
  at_least_times: { label: "at least", takes: "times" },
  fewer_than_times: { label: "fewer than", takes: "times" },
  is_true: { label: "is true", takes: "none" },
  is_false: { label: "is false", takes: "none" },
  is_known: { label: "is known", takes: "none" },
  is_unknown: { label: "is not known", takes: "none" },
} as const satisfies Record<string, { label: string; takes: Taking }>;
export type Operator = keyof typeof operators;

export const isOperator = (word: unknown): word is Operator =>
  typeof word === "string" && Object.hasOwn(operators, word);

/** The positive operator of which a negative one is the complement. */
export const complements: Partial<Record<Operator, Operator>> = {
  is_not: "is",
  contains_not: "contains",
  is_none_of: "is_any_of",
  has_none_of: "has_any_of",
  equals_not: "equals",
  not_in_last_days: "in_last_days",
  never: "ever",
  fewer_than_times: "at_least_times",
  is_false: "is_true",
  is_unknown: "is_known",
};

const opposites = new Map(
  Object.entries(complements).flatMap(([negative, positive]): [string, string][] => [
    [negative, positive],
    [positive, negative],
  ]),
);

/** The operator that finds exactly the others, where there is one. */
export function oppositeOf(operator: Operator): Operator | null {
  const opposite = opposites.get(operator);
  return isOperator(opposite) ? opposite : null;
}
