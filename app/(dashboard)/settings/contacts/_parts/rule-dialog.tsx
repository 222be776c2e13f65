"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { attributesQuery, type FitRule } from "@/lib/client/contacts";
import { type FieldChoice, fitFieldChoices, operatorLabels } from "./score-words";

type Operator = FitRule["when"]["operator"];

const operatorsOf = (field: FieldChoice): Operator[] => [
  "known",
  "unknown",
  "is",
  "is_not",
  ...(field.isNumber ? (["at_least", "at_most"] as const) : []),
];
const takesValue = (operator: Operator) => operator !== "known" && operator !== "unknown";

/** One more reason: what is looked at, how, and the words under which it stands on a contact. */
export default function RuleDialog({ onClose, onAdd }: { onClose: () => void; onAdd: (rule: FitRule) => void }) {
  const { tenantUuid } = useSignedIn();
  const attributes = useQuery(attributesQuery(tenantUuid));
  const fields: FieldChoice[] = [
    ...fitFieldChoices,
    ...(attributes.data?.items ?? []).map((attribute) => ({
      value: `attribute.${attribute.key}` as const,
      label: attribute.label,
      isNumber: attribute.type === "number",
      ...(attribute.type === "boolean"
        ? {
            choices: [
              { value: "true", label: "Yes" },
              { value: "false", label: "No" },
            ],
          }
        : {}),
    })),
  ];
  const [chosen, setChosen] = useState<FieldChoice["value"]>("country");
  const [operator, setOperator] = useState<Operator>("is");
  const field = fields.find(({ value }) => value === chosen) ?? fitFieldChoices[0];
  if (!field) return null;
  return (
    <Dialog isOpen onClose={onClose} title="Add a reason" says="It counts for everybody of whom it is true.">
      <Form
        shape={{
          safeParse: (input) => {
            const values = input as Record<string, unknown>;
            const issues = [];
            if (takesValue(operator) && !String(values.value ?? "").trim())
              issues.push({ path: ["value"], message: "Say what it is compared with." });
            if (field.isNumber && takesValue(operator) && !Number.isFinite(Number(values.value)))
              issues.push({ path: ["value"], message: "Write a number." });
            const points = Number(values.points);
            if (!Number.isInteger(points) || points < -50 || points > 50 || points === 0)
              issues.push({ path: ["points"], message: "Between −50 and 50, and not 0." });
            if (!String(values.says ?? "").trim())
              issues.push({ path: ["says"], message: "Write how it reads on a contact." });
            return issues.length > 0 ? { success: false, error: { issues } } : { success: true };
          },
        }}
        onSubmit={(values) => {
          const text = String(values.value ?? "").trim();
          onAdd({
            when: {
              field: field.value,
              operator,
              ...(takesValue(operator) ? { value: valueFrom(text, field) } : {}),
            },
            points: Number(values.points),
            says: String(values.says).trim().slice(0, 100),
          });
          onClose();
        }}
      >
        <div className="grid grid-cols-2 gap-3">
          <Field name="field" label="When">
            <Select
              value={field.value}
              autoFocus
              choices={fields.map(({ value, label }) => ({ value, label }))}
              onChange={(event) => setChosen(fields.find(({ value }) => value === event.target.value)?.value ?? chosen)}
            />
          </Field>
          <Field name="operator" label="Is how">
            <Select
              value={operator}
              choices={operatorsOf(field).map((value) => ({ value, label: operatorLabels[value] }))}
              onChange={(event) => setOperator(operatorsOf(field).find((each) => each === event.target.value) ?? "is")}
            />
          </Field>
        </div>
        {takesValue(operator) && (
          <Field name="value" label="What" {...(field.value === "country" ? { help: "Two letters, such as HT." } : {})}>
            {field.choices ? <Select choices={field.choices} /> : <Input maxLength={200} autoComplete="off" />}
          </Field>
        )}
        <div className="grid grid-cols-[96px_minmax(0,1fr)] gap-3">
          <Field name="points" label="Points">
            <Input type="number" min={-50} max={50} defaultValue={5} className="num" />
          </Field>
          <Field name="says" label="Reads as">
            <Input maxLength={100} placeholder="Lives where we ship in 4 days" autoComplete="off" />
          </Field>
        </div>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Add it</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function valueFrom(text: string, field: FieldChoice): string | number | boolean {
  if (field.isNumber) return Number(text);
  if (field.value.startsWith("attribute.") && field.choices) return text === "true";
  return field.value === "country" ? text.toUpperCase() : text;
}
