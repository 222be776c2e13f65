"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { newIdempotencyKey } from "@/lib/client/access";
import { createSegment } from "@/lib/client/segments";

/** A list is a name to begin with; people come by selecting them, by an import or through the API. */
export default function NewListDialog({ onClose }: { onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const router = useRouter();
  const [key] = useState(newIdempotencyKey);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="small"
      title="New list"
      says="Whoever you put on it stays until somebody takes them off."
    >
      <Form
        onSubmit={async (values) => {
          const list = await createSegment({ name: String(values.name), kind: "list" }, key);
          await client.invalidateQueries({ queryKey: [tenantUuid, "segments"] });
          router.push(`/segments/${list.id}`);
        }}
      >
        <Field name="name" label="Name" required>
          <Input maxLength={120} autoComplete="off" placeholder="Guests of the opening" />
        </Field>
        <FormActions>
          <SubmitButton busyLabel="Making it">Make the list</SubmitButton>
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}
