"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { isMac } from "@/components/ui/keyboard";
import { toast } from "@/components/ui/toast";
import { addNote } from "@/lib/client/contacts";

/** Written where it will stand. What was typed survives a reload until it is sent. */
export default function NoteForm({ contactId, onClose }: { contactId: string; onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  return (
    <Form
      keepAs={`note-${contactId}`}
      className="mb-3 rounded-lg border border-line bg-surface p-3"
      shape={{
        safeParse: (values) =>
          String((values as { text?: unknown }).text ?? "").trim()
            ? { success: true }
            : { success: false, error: { issues: [{ path: ["text"], message: "Write the note." }] } },
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
      onSubmit={async (values) => {
        await addNote(contactId, String(values.text).trim());
        void client.invalidateQueries({ queryKey: [tenantUuid, "contacts", "timeline", contactId] });
        onClose();
        toast({ text: "Note added" });
      }}
    >
      <Field name="text" label="Note to the team" help={`${isMac() ? "⌘" : "Ctrl"} Enter saves it. They never see it.`}>
        <Textarea dir="auto" rows={3} maxLength={10_000} autoFocus />
      </Field>
      <FormActions className="!mt-0">
        <SubmitButton busyLabel="Adding">Add the note</SubmitButton>
        <Button onClick={onClose}>Cancel</Button>
      </FormActions>
    </Form>
  );
}
