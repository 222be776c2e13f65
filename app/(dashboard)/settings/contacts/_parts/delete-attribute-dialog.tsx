"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { type Attribute, deleteAttribute } from "@/lib/client/contacts";

/** An attribute takes its values along, and values cannot be guessed again: whoever deletes them writes the key out. */
export default function DeleteAttributeDialog({ attribute, onClose }: { attribute: Attribute; onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Delete ${attribute.label}`}
      says={
        attribute.values > 0
          ? `What is known of ${attribute.values.toLocaleString("en")} ${attribute.values === 1 ? "contact" : "contacts"} goes with it, and cannot be brought back.`
          : "Nobody has a value of it."
      }
      {...(attribute.values > 0 ? { typed: attribute.key } : {})}
      confirm="Delete it"
      onConfirm={async () => {
        await deleteAttribute(attribute.id);
        for (const part of ["attributes", "contacts"]) void client.invalidateQueries({ queryKey: [tenantUuid, part] });
        toast({ text: `${attribute.label} is deleted` });
      }}
    />
  );
}
