"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { type Invitation, withdrawInvitation } from "@/lib/client/access";

export default function WithdrawDialog({
  invitation,
  onClose,
  onWithdrawn,
}: {
  invitation: Invitation;
  onClose: () => void;
  onWithdrawn: () => void;
}) {
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Withdraw the invitation of ${invitation.email}`}
      says="Its link opens nothing any more. You can invite the address again at any time."
      confirm="Withdraw it"
      onConfirm={async () => {
        await withdrawInvitation(invitation.id);
        onWithdrawn();
        toast({ text: `The invitation of ${invitation.email} is withdrawn` });
      }}
    />
  );
}
