"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input, Textarea } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";

const zones = [
  "America/Port-au-Prince",
  "America/New_York",
  "America/Montreal",
  "Europe/Paris",
  "Europe/Lyon",
  "Africa/Dakar",
  "Indian/Reunion",
  "Pacific/Noumea",
];

export function BudgetForm() {
  return (
    <Form
      className="max-w-[420px]"
      keepAs="kit-budget"
      shape={{
        safeParse: (values) => {
          const { total, daily } = values as { total: string; daily: string };
          const issues = [];
          if (!/^\d+(\.\d{1,2})?$/.test(total))
            issues.push({ path: ["total"], message: "Write an amount, such as 160.00." });
          if (Number(daily) > Number(total))
            issues.push({
              path: ["daily"],
              message: `More than the total of $${total}. Lower it, or leave it empty for no daily limit.`,
            });
          return issues.length > 0 ? { success: false, error: { issues } } : { success: true };
        },
      }}
      onSubmit={async (values) => {
        await new Promise((resolve) => setTimeout(resolve, 900));
        if (values.at === "20:00")
          throw Object.assign(new Error("Not saved."), {
            requestId: "req_8d2k1q",
            faults: [{ pointer: "/at", message: "Nobody in the audience may be written to after 19:00." }],
          });
        toast({ text: "Budget saved" });
      }}
    >
      <Field name="total" label="Total budget" help="The simulation expects $148.60 for 4,210 people." required>
        <Input before="$" after="USD" defaultValue="160.00" inputMode="decimal" />
      </Field>
      <Field name="daily" label="Daily limit" optional>
        <Input before="$" after="USD a day" defaultValue="240.00" inputMode="decimal" />
      </Field>
      <div className="grid grid-cols-2 gap-2">
        <Field name="ends" label="Ends">
          <Input type="date" defaultValue="2026-12-04" />
        </Field>
        <Field name="at" label="At">
          <Input defaultValue="20:00" after="Port-au-Prince" />
        </Field>
      </div>
      <FormActions>
        <SubmitButton busyLabel="Saving">Save the budget</SubmitButton>
        <Button variant="quiet">Cancel</Button>
      </FormActions>
    </Form>
  );
}

export function Controls() {
  const [zone, setZone] = useState<string | null>(null);
  const [view, setView] = useState<"revenue" | "share">("revenue");
  return (
    <div className="grid max-w-[420px] gap-4">
      <Field name="role" label="Role" help="Marketers build and launch; approvers decide what goes out.">
        <Select
          choices={[
            { value: "admin", label: "Admin" },
            { value: "marketer", label: "Marketer" },
            { value: "viewer", label: "Viewer" },
          ]}
          defaultValue="marketer"
        />
      </Field>
      <Field name="zone" label="Time zone">
        <Combobox
          value={zone}
          onChange={setZone}
          placeholder="Choose a zone"
          choices={zones.map((value) => ({ value, label: value.replaceAll("_", " ") }))}
        />
      </Field>
      <Field name="note" label="Note" optional>
        <Textarea placeholder="What should Kervens know?" />
      </Field>
      <Field name="off" label="Workspace id" help="Cannot be changed.">
        <Input disabled defaultValue="0193e2f1-77c0" />
      </Field>
      <RadioGroup
        legend="Who may approve"
        defaultValue="two"
        choices={[
          { value: "one", label: "One person", help: "The first who looks decides." },
          { value: "two", label: "Two people", help: "For everything that costs more than $50." },
        ]}
      />
      <div className="grid gap-1">
        <Checkbox label="Send a summary each morning" defaultChecked />
        <Checkbox label="Some of these" indeterminate onChange={() => {}} />
        <Checkbox label="Not now" disabled />
        <Switch
          label="Quiet hours"
          help="Nothing leaves between 21:00 and 08:00 where the reader lives."
          defaultChecked
        />
        <Switch label="Off and fixed" disabled />
      </div>
      <div>
        <Segmented
          label="Show"
          value={view}
          onChange={setView}
          choices={[
            { value: "revenue", label: "Revenue" },
            { value: "share", label: "Share" },
          ]}
        />
      </div>
    </div>
  );
}
