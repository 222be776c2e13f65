"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { createTopic, type Topic, updateTopic } from "@/lib/client/consent";

export default function TopicDialog({
  topic,
  onClose,
  onSaved,
}: {
  topic: Topic | null;
  onClose: () => void;
  onSaved: () => void;
}) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={topic ? `Change “${topic.name}”` : "New topic"}
      says="It appears in the preference centre at once. You can hide it there at any time."
      width="small"
    >
      <Form
        onSubmit={async (values) => {
          const name = String(values.name ?? "").trim();
          const description = String(values.description ?? "").trim();
          if (topic) await updateTopic(topic.id, { name, description: description || null });
          else await createTopic({ name, isPublic: true, ...(description ? { description } : {}) });
          onSaved();
          toast({ text: `“${name}” is saved` });
          onClose();
        }}
      >
        <Field name="name" label="Name" required>
          <Input maxLength={80} autoComplete="off" autoFocus defaultValue={topic?.name} />
        </Field>
        <Field name="description" label="What people read" help="What they get, and how often" optional>
          <Input maxLength={300} autoComplete="off" defaultValue={topic?.description ?? ""} />
        </Field>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Saving">Save</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
