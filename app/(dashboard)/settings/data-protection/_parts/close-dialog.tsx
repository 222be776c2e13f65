"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { closeDataRequest, type DataRequest } from "@/lib/client/privacy";
import { requestKindLabels } from "@/lib/domain/privacy/labels";

export type ClosingAct = { request: DataRequest; state: "done" | "refused" };

export default function CloseDialog({
  act: { request, state },
  onClose,
  onClosed,
}: {
  act: ClosingAct;
  onClose: () => void;
  onClosed: () => void;
}) {
  if (request.kind === "erasure" && state === "done" && request.contactId) {
    return (
      <ConfirmDialog
        isOpen
        onClose={onClose}
        title="Erase this person"
        says="Everything that is kept of them goes now and for good: nobody can bring it back. Their addresses stay as hashes, so that no import takes them in again."
        typed="erase"
        confirm="Erase them"
        onConfirm={async () => {
          await closeDataRequest(request.id, "done", "Erased");
          onClosed();
          toast({ text: "The person is erased, the case is closed" });
        }}
      />
    );
  }
  const isDone = state === "done";
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isDone ? `Close “${requestKindLabels[request.kind].label}”` : "Refuse the request"}
      says={
        isDone ? "The clock stops. What you did stands with the case." : "Say why. The person may complain about it."
      }
      width="small"
    >
      <Form
        onSubmit={async (values) => {
          await closeDataRequest(request.id, state, String(values.outcome ?? "").trim());
          onClosed();
          toast({ text: isDone ? "The case is closed" : "The request is refused" });
          onClose();
        }}
      >
        <Field name="outcome" label={isDone ? "What was done" : "Why not"} required>
          <Input maxLength={500} autoComplete="off" autoFocus />
        </Field>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Closing">{isDone ? "Close the case" : "Refuse"}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
