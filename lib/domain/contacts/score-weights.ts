import type { ScoreWeights } from "./score-shapes";

/** What holds until a workspace sets its own: what people do counts for more than who they are. */
export const defaultWeights: ScoreWeights = {
  fit: [
    {
      when: { field: "email_kind", operator: "is", value: "company" },
      points: 8,
      says: "Writes from a company's address",
    },
    { when: { field: "email_kind", operator: "is", value: "free" }, points: 3, says: "Has an e-mail address" },
    { when: { field: "phone", operator: "known" }, points: 5, says: "Gave a phone number" },
    { when: { field: "company", operator: "known" }, points: 5, says: "Belongs to a company" },
    { when: { field: "preferred_channel", operator: "known" }, points: 3, says: "Said how to be reached" },
    { when: { field: "stage", operator: "is", value: "qualified" }, points: 6, says: "Is qualified" },
    { when: { field: "stage", operator: "is", value: "opportunity" }, points: 12, says: "Is an opportunity" },
    { when: { field: "stage", operator: "is", value: "customer" }, points: 10, says: "Is a customer" },
    { when: { field: "stage", operator: "is", value: "lost" }, points: -10, says: "Was lost" },
  ],
  fitCap: 35,
  behaviour: {
    opened: { points: 10, enough: 3, halfLifeDays: 30 },
    clicked: { points: 14, enough: 2, halfLifeDays: 45 },
    replied: { points: 18, enough: 1, halfLifeDays: 60 },
    converted: { points: 20, enough: 1, halfLifeDays: 120 },
  },
  bought: { points: 28, halfLifeDays: 90 },
  visited: { points: 12, halfLifeDays: 14 },
  answered: { points: 10, halfLifeDays: 30 },
  ignored: { points: -6, after: 8 },
  behaviourCap: 80,
  grades: { A: 80, B: 65, C: 50, D: 35, E: 20 },
};
