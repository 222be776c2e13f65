"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { ContactFields } from "@/components/contacts/contact-fields";
import { nameOf } from "@/components/contacts/contact-name";
import { changesFrom, contactShape, differences } from "@/components/contacts/contact-values";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { Form, FormActions, SubmitButton } from "@/components/ui/form";
import { toast } from "@/components/ui/toast";
import { attributesQuery, type Contact, type ContactChanges, changeContact, contactQuery } from "@/lib/client/contacts";

export default function EditDrawer({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();

  const save = async (changes: ContactChanges) => {
    client.setQueryData(contactQuery(tenantUuid, contact.id).queryKey, await changeContact(contact.id, changes));
    void client.invalidateQueries({ queryKey: [tenantUuid, "contacts"] });
  };
  const undo = (before: ContactChanges) =>
    save(before).then(
      () => toast({ tone: "info", text: `${nameOf(contact)} is as before` }),
      (error: Error) => toast({ tone: "bad", text: error.message }),
    );
  return (
    <Drawer isOpen onClose={onClose} title={`Edit ${nameOf(contact)}`}>
      <Form
        shape={contactShape}
        onSubmit={async (values) => {
          const definitions = client.getQueryData(attributesQuery(tenantUuid).queryKey)?.items ?? [];
          const { changes, before } = differences(contact, changesFrom(values, definitions));
          if (Object.keys(changes).length > 0) await save(changes);
          onClose();
          if (Object.keys(changes).length === 0) toast({ tone: "info", text: "Nothing was different" });
          else toast({ text: "Saved", onUndo: () => void undo(before) });
        }}
      >
        <ContactFields contact={contact} isWhole />
        <FormActions>
          <SubmitButton busyLabel="Saving">Save</SubmitButton>
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Drawer>
  );
}
