import type { FitRule } from "@/lib/client/contacts";
import { channelLabels } from "@/lib/domain/channels/labels";
import { channels } from "@/lib/domain/channels/vocabulary";
import { customerTypeLabels, stageLabels } from "@/lib/domain/contacts/labels";
import { customerTypes, stages } from "@/lib/domain/contacts/vocabulary";

export type FieldChoice = {
  value: FitRule["when"]["field"];
  label: string;
  /** The answers it has, where they are few. */
  choices?: readonly { value: string; label: string }[];
  isNumber?: boolean;
};

/** What a rule of fit can look at, as people call it. */
export const fitFieldChoices: readonly FieldChoice[] = [
  {
    value: "email_kind",
    label: "E-mail address",
    choices: [
      { value: "company", label: "of a company" },
      { value: "free", label: "of a free provider" },
    ],
  },
  { value: "phone", label: "Phone" },
  { value: "company", label: "Company" },
  { value: "country", label: "Country" },
  { value: "stage", label: "Stage", choices: stages.map((value) => ({ value, label: stageLabels[value] })) },
  {
    value: "customer_type",
    label: "Customer type",
    choices: customerTypes.map((value) => ({ value, label: customerTypeLabels[value].label })),
  },
  {
    value: "preferred_channel",
    label: "Best reached by",
    choices: channels.map((value) => ({ value, label: channelLabels[value] })),
  },
  { value: "locale", label: "Language" },
];

export const operatorLabels: Record<FitRule["when"]["operator"], string> = {
  known: "is known",
  unknown: "is not known",
  is: "is",
  is_not: "is not",
  one_of: "is one of",
  at_least: "is at least",
  at_most: "is at most",
};

/** "Stage is Customer": the condition of a rule in words. */
export function conditionWords({ when }: FitRule, fields: readonly FieldChoice[]): string {
  const field = fields.find(({ value }) => value === when.field);
  const name = (value: unknown) => field?.choices?.find((choice) => choice.value === value)?.label ?? String(value);
  const values = when.value === undefined ? [] : [when.value].flat();
  return [field?.label ?? when.field, operatorLabels[when.operator], values.map(name).join(", ")]
    .filter(Boolean)
    .join(" ");
}
