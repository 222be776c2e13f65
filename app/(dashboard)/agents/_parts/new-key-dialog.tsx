"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyField } from "@/components/ui/copy-field";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import type { FormShape } from "@/components/ui/form-faults";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { type CreatedKey, createKey, newIdempotencyKey } from "@/lib/client/access";
import { ScopePicker } from "./scope-picker";

const dayMs = 24 * 60 * 60_000;
const lives = [
  { value: "90", label: "In 90 days" },
  { value: "30", label: "In 30 days" },
  { value: "365", label: "In a year" },
  { value: "never", label: "Never" },
  { value: "own", label: "On a day of my choice" },
];

export default function NewKeyDialog({ address, onClose }: { address: string; onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const [made, setMade] = useState<CreatedKey | null>(null);
  const [life, setLife] = useState("90");
  // One for this dialog: an impatient second press, or one after a lost line, makes no second key.
  const [once] = useState(newIdempotencyKey);
  if (made) return <Made apiKey={made} address={address} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title="Create a key"
      says="One for each program, so that one can be revoked without stopping the others."
    >
      <Form
        keepAs="new-key"
        shape={shape}
        onSubmit={async (values) => {
          const key = await createKey(
            { name: String(values.name).trim(), scopes: scopesFrom(values), expiresAt: endOf(values) },
            once,
          );
          for (const part of ["keys", "needs-you", "audit"])
            void client.invalidateQueries({ queryKey: [tenantUuid, part] });
          setMade(key);
        }}
      >
        <Field name="name" label="Name" help="The program that will hold it: it is the name in the audit log." required>
          <Input autoComplete="off" maxLength={80} autoFocus placeholder="Order desk sync" />
        </Field>
        <Field name="scopes" label="What it may do">
          <ScopePicker />
        </Field>
        <div className="grid gap-3.5 sm:grid-cols-2">
          <Field
            name="life"
            label="It ends"
            help={life === "never" ? "Until somebody revokes it." : "You are reminded 14 days before."}
          >
            <Select choices={lives} value={life} onChange={(event) => setLife(event.target.value)} />
          </Field>
          {life === "own" && (
            <Field name="ends" label="Last day" required>
              <Input type="date" min={dayText(new Date(Date.now() + dayMs))} />
            </Field>
          )}
        </div>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Creating">Create the key</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function Made({ apiKey, address, onClose }: { apiKey: CreatedKey; address: string; onClose: () => void }) {
  const [isWarned, setWarned] = useState(false);
  const done = () => {
    onClose();
    toast({ text: `${apiKey.name} is ready to use` });
  };
  return (
    <Dialog
      isOpen
      holds
      // The secret goes with this layer, so a slip of the hand on Escape is answered once.
      onClose={() => (isWarned ? done() : setWarned(true))}
      title={`The key ${apiKey.name}`}
      footer={<Button onClick={done}>I have kept it</Button>}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {isWarned && (
          <Note tone="bad" role="alert">
            The secret cannot be shown again. Copy it first, or close once more.
          </Note>
        )}
        <CopyField label="Secret" value={apiKey.secret} once />
        <CodeBlock
          label="Try it now"
          code={`curl ${address}/api/v1/me \\\n  -H "Authorization: Bearer ${apiKey.secret}"`}
        />
      </div>
    </Dialog>
  );
}

type Values = Record<string, unknown>;

function scopesFrom(values: Values): string[] {
  if (values.reach === "all") return ["*"];
  return Array.isArray(values.scopes) ? values.scopes.map(String) : [];
}

/** The end of the chosen day, where the person who chose it is. */
function endOf(values: Values): string | null {
  if (values.life === "never") return null;
  if (values.life === "own") return new Date(`${String(values.ends)}T23:59:59`).toISOString();
  return new Date(Date.now() + Number(values.life) * dayMs).toISOString();
}

function dayText(date: Date): string {
  return new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }).format(date);
}

const shape: FormShape = {
  safeParse: (input) => {
    const values = input as Values;
    const issues = [];
    if (!String(values.name ?? "").trim())
      issues.push({ path: ["name"], message: "Name the program that will hold it." });
    if (scopesFrom(values).length === 0)
      issues.push({ path: ["scopes"], message: "Choose at least one thing it may do." });
    if (values.life === "own" && !(Date.parse(`${String(values.ends)}T23:59:59`) > Date.now()))
      issues.push({ path: ["ends"], message: "Choose a day that is still to come." });
    return issues.length > 0 ? { success: false, error: { issues } } : { success: true };
  },
};
