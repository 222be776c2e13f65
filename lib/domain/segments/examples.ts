import type { RuleTree } from "./rules";

/** Segments that most shops begin with: one click fills the builder, and each shows another kind of rule. */
export type SegmentExample = { id: string; name: string; says: string; rules: RuleTree };

export const segmentExamples: readonly SegmentExample[] = [
  {
    id: "lapsed",
    name: "Bought once, silent since",
    says: "Customers who have not bought for three months, and may be written to by email.",
    rules: {
      all: [
        { field: "customer_type", operator: "is_any_of", value: ["existing"] },
        { field: "last_purchase_at", operator: "not_in_last_days", value: 90 },
        { field: "may_contact:email", operator: "is_true" },
      ],
    },
  },
  {
    id: "warm",
    name: "Warm, and not yet customers",
    says: "A good score, or an opened message this month, and no purchase so far.",
    rules: {
      all: [
        {
          any: [
            { field: "score", operator: "over", value: 60 },
            { field: "opened:any", operator: "in_last_days", value: 30 },
          ],
        },
        { none: [{ field: "customer_type", operator: "is_any_of", value: ["existing"] }] },
      ],
    },
  },
  {
    id: "new",
    name: "New this week",
    says: "Everybody who was added in the last seven days.",
    rules: { all: [{ field: "created_at", operator: "in_last_days", value: 7 }] },
  },
];
