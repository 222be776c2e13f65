"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import type { FormShape } from "@/components/ui/form-faults";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import { type Attribute, changeAttribute, createAttribute } from "@/lib/client/contacts";
import { attributeTypeLabels } from "@/lib/domain/contacts/labels";
import { attributeTypes } from "@/lib/domain/contacts/vocabulary";
import { keyFrom } from "./key-from";

const shape: FormShape = {
  safeParse: (input) => {
    const values = input as Record<string, unknown>;
    const issues = [];
    if (!String(values.label ?? "").trim()) issues.push({ path: ["label"], message: "Give it a name." });
    if ("key" in values && !/^[a-z][a-z0-9_]*$/.test(String(values.key)))
      issues.push({ path: ["key"], message: "Begin with a letter; then small letters, digits and _." });
    return issues.length > 0 ? { success: false, error: { issues } } : { success: true };
  },
};

export default function AttributeDialog({ attribute, onClose }: { attribute?: Attribute; onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const [key, setKey] = useState("");
  const [isOwnKey, setOwnKey] = useState(false);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={attribute ? `Rename ${attribute.label}` : "Declare an attribute"}
      says={
        attribute
          ? `Programs go on calling it ${attribute.key}.`
          : "The key and what it holds stay as they are chosen now."
      }
    >
      <Form
        shape={shape}
        onSubmit={async (values) => {
          const label = String(values.label).trim();
          if (attribute) await changeAttribute(attribute.id, { label });
          else await createAttribute({ label, key: String(values.key), type: values.type as Attribute["type"] });
          await client.invalidateQueries({ queryKey: [tenantUuid, "attributes"] });
          onClose();
          toast({ text: attribute ? `It is called ${label} now` : `${label} is declared` });
        }}
      >
        <Field name="label" label="Name" help="As people read it.">
          <Input
            defaultValue={attribute?.label}
            maxLength={60}
            autoComplete="off"
            autoFocus
            onChange={(event) => !isOwnKey && setKey(keyFrom(event.target.value))}
          />
        </Field>
        {!attribute && (
          <>
            <Field name="key" label="Key" help="As programs and files call it.">
              <Input
                value={key}
                maxLength={64}
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
                onChange={(event) => {
                  setKey(event.target.value);
                  setOwnKey(event.target.value !== "");
                }}
              />
            </Field>
            <Field name="type" label="Holds">
              <RadioGroup
                defaultValue="text"
                choices={attributeTypes.map((value) => ({
                  value,
                  label: attributeTypeLabels[value].label,
                  help: attributeTypeLabels[value].says,
                }))}
              />
            </Field>
          </>
        )}
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Saving">{attribute ? "Rename it" : "Declare it"}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
