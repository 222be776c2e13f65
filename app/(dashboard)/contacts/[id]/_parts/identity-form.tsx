"use client";

import { Button } from "@/components/ui/button";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Contact } from "@/lib/client/contacts";
import { channelLabels } from "@/lib/domain/channels/labels";
import { identityChannels } from "@/lib/domain/contacts/vocabulary";

type Identity = Contact["identities"][number];

export default function IdentityForm({
  onAdd,
  onClose,
}: {
  onAdd: (identity: Pick<Identity, "channel" | "externalId" | "handle">) => Promise<void>;
  onClose: () => void;
}) {
  return (
    <Form
      className="mt-1.5"
      shape={{
        safeParse: (values) =>
          String((values as { externalId?: unknown }).externalId ?? "").trim()
            ? { success: true }
            : { success: false, error: { issues: [{ path: ["externalId"], message: "Write the account." }] } },
      }}
      onSubmit={async (values) => {
        const externalId = String(values.externalId).trim();
        await onAdd({ channel: values.channel as Identity["channel"], externalId, handle: null });
        onClose();
      }}
    >
      <Field name="channel" label="Channel">
        <Select autoFocus choices={identityChannels.map((value) => ({ value, label: channelLabels[value] }))} />
      </Field>
      <Field name="externalId" label="Account" help="Its id at the channel, a handle or a number.">
        <Input maxLength={200} autoComplete="off" spellCheck={false} />
      </Field>
      <FormActions>
        <SubmitButton busyLabel="Adding">Add it</SubmitButton>
        <Button onClick={onClose}>Cancel</Button>
      </FormActions>
    </Form>
  );
}
