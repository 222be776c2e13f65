import { z } from "zod";
import { wireLine } from "@/lib/kernel/wire";
import { ScoreReason } from "./shapes";
import { grades } from "./vocabulary";

/** What a rule of fit may look at; besides these, a custom attribute as `attribute.plan`. */
export const fitFields = [
  "email_kind",
  "phone",
  "company",
  "country",
  "stage",
  "customer_type",
  "preferred_channel",
  "locale",
] as const;
export const fitOperators = ["known", "unknown", "is", "is_not", "one_of", "at_least", "at_most"] as const;
export type FitOperator = (typeof fitOperators)[number];

const value = z.union([z.string().max(200), z.number(), z.boolean()]);

const FitField = z.union([
  z.enum(fitFields),
  z.templateLiteral(["attribute.", z.string().regex(/^[a-z][a-z0-9_]{0,63}$/)]),
]);

/** A rule is data: who it is about, how many points, and the sentence that people read as the reason. */
export const FitRule = z
  .strictObject({
    when: z.strictObject({
      field: FitField,
      operator: z.enum(fitOperators),
      value: z.union([value, z.array(value).min(1).max(100)]).optional(),
    }),
    points: z.number().int().min(-50).max(50),
    says: wireLine(100),
  })
  .superRefine(({ when }, ctx) => {
    const fault = valueFault(when.operator, when.value);
    if (fault) ctx.addIssue({ code: "custom", path: ["when", "value"], message: fault });
  });
export type FitRule = z.output<typeof FitRule>;

function valueFault(operator: FitOperator, given: unknown): string | null {
  if (operator === "known" || operator === "unknown")
    return given === undefined ? null : `must be left out with ${operator}`;
  if (operator === "one_of") return Array.isArray(given) ? null : "must be a list with one_of";
  if (given === undefined || Array.isArray(given)) return `must be one value with ${operator}`;
  if (operator === "at_least" || operator === "at_most")
    return typeof given === "number" ? null : `must be a number with ${operator}`;
  return null;
}

const days = z.number().int().min(1).max(3_650);
/** `enough` times bring half of the points: the tenth opened letter says less than the first. */
const Counted = z.strictObject({
  points: z.number().int().min(0).max(100),
  enough: z.number().min(0.5).max(1_000),
  halfLifeDays: days,
});
const Fading = z.strictObject({ points: z.number().int().min(0).max(100), halfLifeDays: days });

/** What a workspace weighs. Limits keep every sum small enough to be explained in a column. */
export const ScoreWeights = z.strictObject({
  fit: z.array(FitRule).max(50),
  fitCap: z.number().int().min(0).max(100),
  behaviour: z.strictObject({ opened: Counted, clicked: Counted, replied: Counted, converted: Counted }),
  bought: Fading,
  visited: Fading,
  answered: Fading,
  /** Taken off for a channel on which so many messages were sent and nothing ever came back. */
  ignored: z.strictObject({ points: z.number().int().min(-50).max(0), after: z.number().int().min(1).max(1_000) }),
  behaviourCap: z.number().int().min(0).max(100),
  /** From how many points each grade begins; below the last it is F. */
  grades: z
    // A record: a grade is data, and its letter stays as it is on the wire.
    .record(z.enum(["A", "B", "C", "D", "E"]), z.number().int().min(1).max(100))
    .refine(({ A, B, C, D, E }) => A > B && B > C && C > D && D > E, "must fall from A to E"),
});
export type ScoreWeights = z.output<typeof ScoreWeights>;

export const ScoreModel = z.strictObject({
  weights: ScoreWeights,
  isDefault: z.boolean(),
  /** The day up to which everybody has been scored by these weights; null while that is going on. */
  scoredDay: z.string().nullable(),
});
export type ScoreModel = z.output<typeof ScoreModel>;

export const ScoreModelRequest = z.strictObject({ weights: ScoreWeights });

const perGrade = z.record(z.enum(grades), z.number().int());
/** What the weights would make of a sample, before anybody saves them. */
export const ScorePreview = z.strictObject({
  sampled: z.number().int(),
  grades: perGrade,
  before: perGrade,
  examples: z.array(
    z.strictObject({ name: z.string(), score: z.number().int(), grade: z.enum(grades), reasons: z.array(ScoreReason) }),
  ),
});
export type ScorePreview = z.output<typeof ScorePreview>;

/** A contact's score as it is and as it was: a line for each day on which it changed, newest first. */
export const ScoreStory = z.strictObject({
  score: z.number().int(),
  grade: z.enum(grades),
  reasons: z.array(ScoreReason),
  history: z.array(z.strictObject({ day: z.string(), score: z.number().int(), grade: z.enum(grades) })),
});
export type ScoreStory = z.output<typeof ScoreStory>;
