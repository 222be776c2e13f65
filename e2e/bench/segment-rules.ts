import type { RuleTree } from "@/lib/domain/segments/rules";

/** What the trees need to name of the measured workspace. */
export type SegmentWorld = {
  /** Wire ids (`tag_…`), from the commonest to the rarest. */
  tags: readonly string[];
  /** A list, as its wire id. */
  list: string;
  /** Keys of declared attributes. */
  text: { key: string; value: string };
  number: { key: string };
  date: { key: string };
};

const someCountries = ["HT", "US", "CA"];

/** Trees as people build them, and a few that nobody should: each must be counted under typing. */
export function segmentTrees(world: SegmentWorld): Record<string, RuleTree> {
  const tag = (at: number) => world.tags[at % world.tags.length] ?? "";
  const [textField, numberField, dateField] = [world.text, world.number, world.date].map(
    ({ key }) => `attribute:${key}`,
  );
  if (!textField || !numberField || !dateField) throw new Error("The workspace has no attributes.");
  const many = (count: number, make: (at: number) => RuleTree) => Array.from({ length: count }, (_, at) => make(at));
  const hundred = (at: number): RuleTree => {
    const kinds: RuleTree[] = [
      { field: "tag", operator: "has_any_of", value: [tag(at)] },
      { field: "opened:email", operator: "in_last_days", value: 1 + at },
      { field: numberField, operator: "over", value: at * 10 },
      { field: "name", operator: "contains", value: `e${at}` },
      { field: "score", operator: "under", value: at },
    ];
    return kinds[at % kinds.length] as RuleTree;
  };
  return {
    everybody: { all: [] },
    stage: { field: "stage", operator: "is_any_of", value: ["customer"] },
    "not a stage": { field: "stage", operator: "is_none_of", value: ["lead"] },
    "score over 80": { field: "score", operator: "over", value: 80 },
    grade: { field: "grade", operator: "is_any_of", value: ["A", "B"] },
    country: { field: "country", operator: "is_any_of", value: someCountries },
    "name contains": { field: "name", operator: "contains", value: "ros" },
    "name is": { field: "name", operator: "is", value: "Élise Jérôme" },
    "mail house": { field: "email", operator: "domain_is", value: "gmail.com" },
    "phone of Haiti": { field: "phone", operator: "begins_with", value: "+509" },
    "bought lately": { field: "last_purchase_at", operator: "in_last_days", value: 30 },
    "not bought lately": { field: "last_purchase_at", operator: "not_in_last_days", value: 90 },
    "common tag": { field: "tag", operator: "has_any_of", value: [tag(0)] },
    "rare tag": { field: "tag", operator: "has_any_of", value: [tag(30)] },
    "none of the tags": { field: "tag", operator: "has_none_of", value: [tag(0), tag(1), tag(2)] },
    "all of the tags": { field: "tag", operator: "has_all_of", value: [tag(0), tag(1)] },
    "text attribute": { field: textField, operator: "is", value: world.text.value },
    "number attribute": { field: numberField, operator: "between", value: [100, 200] },
    "birthday today": { field: dateField, operator: "anniversary_today" },
    "opened lately": { field: "opened:email", operator: "in_last_days", value: 30 },
    "never opened": { field: "opened:any", operator: "never" },
    "clicked often": { field: "clicked:any", operator: "at_least_times", value: 3 },
    "may be written to": { field: "may_contact:email", operator: "is_true" },
    "on the list": { field: "segment", operator: "is_any_of", value: [world.list] },
    "the usual mixture": {
      all: [
        {
          any: [
            { field: "tag", operator: "has_any_of", value: [tag(1)] },
            { field: "score", operator: "over", value: 60 },
          ],
        },
        { field: "opened:email", operator: "in_last_days", value: 60 },
        { field: "may_contact:email", operator: "is_true" },
        { none: [{ field: "stage", operator: "is_any_of", value: ["lost"] }] },
      ],
    },
    "a hundred of any": { any: many(100, hundred) },
    "a hundred of all": { all: many(100, (at) => ({ none: [hundred(at)] })) },
    "nine deep": many(8, (at) => ({ field: "score", operator: "over", value: at * 5 })).reduce<RuleTree>(
      (inner, rule, at) => (at % 2 === 0 ? { any: [rule, inner] } : { all: [rule, inner] }),
      { field: "tag", operator: "has_any_of", value: [tag(3)] },
    ),
  };
}
