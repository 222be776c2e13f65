"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useSignedIn } from "@/components/access/signed-in";
import { ContactFields } from "@/components/contacts/contact-fields";
import { nameOf } from "@/components/contacts/contact-name";
import { changesFrom, contactShape, withoutUnknown } from "@/components/contacts/contact-values";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { Form, FormActions, SubmitButton } from "@/components/ui/form";
import { toast } from "@/components/ui/toast";
import { attributesQuery, createContact } from "@/lib/client/contacts";

export default function NewContactDrawer({ onClose }: { onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const router = useRouter();
  return (
    <Drawer isOpen onClose={onClose} title="New contact">
      <Form
        keepAs="new-contact"
        shape={contactShape}
        onSubmit={async (values) => {
          const definitions = client.getQueryData(attributesQuery(tenantUuid).queryKey)?.items ?? [];
          const contact = await createContact(withoutUnknown(changesFrom(values, definitions)));
          void client.invalidateQueries({ queryKey: [tenantUuid, "contacts"] });
          onClose();
          toast({
            text: `${nameOf(contact)} is a contact now`,
            act: { label: "Open", run: () => router.push(`/contacts/${contact.id}` as Route) },
          });
        }}
      >
        <ContactFields isWhole={false} />
        <FormActions>
          <SubmitButton busyLabel="Saving">Add the contact</SubmitButton>
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Drawer>
  );
}
