"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { changeNote, type TimelineItem } from "@/lib/client/contacts";

export default function NoteDialog({
  item,
  onClose,
  onSaved,
}: {
  item: TimelineItem;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  return (
    <Dialog isOpen onClose={onClose} title="Edit the note">
      <Form
        onSubmit={async (values) => {
          await changeNote(item.id, String(values.text).trim());
          await onSaved();
          onClose();
        }}
      >
        <Field name="text" label="Note">
          <Textarea dir="auto" defaultValue={item.detail ?? ""} rows={5} maxLength={10_000} autoFocus />
        </Field>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Saving">Save</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
