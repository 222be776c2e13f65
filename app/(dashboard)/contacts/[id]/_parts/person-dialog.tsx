"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useSignedIn } from "@/components/access/signed-in";
import { nameOf } from "@/components/contacts/contact-name";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import type { Contact } from "@/lib/client/contacts";
import { erasePerson } from "@/lib/client/privacy";
import { useChange } from "../../_parts/use-change";

type Props = { act: "erase" | "delete"; contact: Contact; onClose: () => void };

/** The two ways in which a contact goes: for good by right, or so that it can be taken back. */
export default function PersonDialog({ act, contact, onClose }: Props) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const router = useRouter();
  const change = useChange();
  const name = nameOf(contact);
  if (act === "erase")
    return (
      <ConfirmDialog
        isOpen
        onClose={onClose}
        title={`Erase ${name}`}
        says="Everything we know of them goes, for good. What remains is a proof without their name, and a lock that keeps their addresses from coming back by an import."
        typed="erase"
        confirm="Erase them"
        keep="Keep them"
        onConfirm={async () => {
          await erasePerson(contact.id);
          router.push("/contacts" as Route);
          void client.invalidateQueries({ queryKey: [tenantUuid, "contacts", "list"] });
          toast({ text: "The person is erased. The proof stands under data protection." });
        }}
      />
    );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Delete ${name}`}
      says="Notes, tasks and history go with them. Where a person asks to be forgotten, erase them instead."
      confirm="Delete"
      keep="Keep them"
      onConfirm={async () => {
        await change("delete", { ids: [contact.id] });
        router.push("/contacts" as Route);
      }}
    />
  );
}
