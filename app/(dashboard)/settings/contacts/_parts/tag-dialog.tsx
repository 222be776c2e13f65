"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { type ContactTag, deleteTag, renameTag } from "@/lib/client/contacts";

type Props = { act: "rename" | "delete"; tag: ContactTag; onClose: () => void };

export default function TagDialog({ act, tag, onClose }: Props) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const refresh = () => {
    for (const part of ["tags", "contacts"]) void client.invalidateQueries({ queryKey: [tenantUuid, part] });
  };
  const rename = async (name: string) => {
    await renameTag(tag.id, name);
    refresh();
  };
  if (act === "rename")
    return (
      <Dialog isOpen onClose={onClose} title={`Rename ${tag.name}`} width="small">
        <Form
          onSubmit={async (values) => {
            const name = String(values.name).trim();
            await rename(name);
            onClose();
            toast({
              text: `${tag.name} is ${name} now`,
              onUndo: () => void rename(tag.name).catch((error: Error) => toast({ tone: "bad", text: error.message })),
            });
          }}
        >
          <Field name="name" label="Tag">
            <Input defaultValue={tag.name} maxLength={60} autoComplete="off" autoFocus required />
          </Field>
          <FormActions className="justify-end">
            <Button onClick={onClose}>Cancel</Button>
            <SubmitButton busyLabel="Renaming">Rename</SubmitButton>
          </FormActions>
        </Form>
      </Dialog>
    );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Delete the tag ${tag.name}`}
      says={
        tag.contacts > 0
          ? `${tag.contacts.toLocaleString("en")} ${tag.contacts === 1 ? "contact loses" : "contacts lose"} it. The contacts themselves stay.`
          : "No contact has it."
      }
      {...(tag.contacts > 0 ? { typed: tag.name } : {})}
      confirm="Delete it"
      onConfirm={async () => {
        await deleteTag(tag.id);
        refresh();
        toast({ text: `The tag ${tag.name} is deleted` });
      }}
    />
  );
}
