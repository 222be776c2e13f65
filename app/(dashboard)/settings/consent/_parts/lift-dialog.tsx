"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { liftSuppression, type Suppression } from "@/lib/client/consent";
import { reasonLabels } from "@/lib/domain/consent/labels";

export default function LiftDialog({
  suppression,
  onClose,
  onLifted,
}: {
  suppression: Suppression;
  onClose: () => void;
  onLifted: () => void;
}) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Lift “${reasonLabels[suppression.reason].label}”`}
      says="Messages can reach the address again, as far as the person agreed to them."
      width="small"
    >
      <Form
        onSubmit={async (values) => {
          await liftSuppression(suppression.id, String(values.because ?? "").trim());
          onLifted();
          onClose();
        }}
      >
        <Field name="because" label="Why" help="Stays on the list with your name" required>
          <Input maxLength={300} autoComplete="off" autoFocus />
        </Field>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Lifting">Lift it</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
