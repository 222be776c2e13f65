"use client";

import { useSignedIn } from "@/components/access/signed-in";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { type Member, removeMember } from "@/lib/client/access";
import { roleLabels } from "@/lib/domain/access/labels";
import type { Role } from "@/lib/domain/access/vocabulary";
import { withArticle } from "./role-words";

export type AskedOfMember = { kind: "remove"; member: Member } | { kind: "own-role"; member: Member; role: Role };

/** What is asked before something that one cannot take back alone. */
export default function MemberDialog({
  asked,
  onClose,
  onRemoved,
  onOwnRole,
}: {
  asked: AskedOfMember;
  onClose: () => void;
  onRemoved: () => void;
  onOwnRole: (member: Member, role: Role) => Promise<unknown>;
}) {
  const { person } = useSignedIn();
  if (asked.kind === "remove")
    return (
      <RemoveDialog
        member={asked.member}
        isSelf={asked.member.personId === person.id}
        onClose={onClose}
        onRemoved={onRemoved}
      />
    );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Become ${withArticle(asked.role)} yourself?`}
      says={`You then may no longer do all you do now, and cannot take it back alone. ${roleLabels[asked.role].label}: ${lowerFirst(roleLabels[asked.role].says)}.`}
      confirm="Change my role"
      keep="Stay as I am"
      onConfirm={() => onOwnRole(asked.member, asked.role)}
    />
  );
}

function RemoveDialog({
  member,
  isSelf,
  onClose,
  onRemoved,
}: {
  member: Member;
  isSelf: boolean;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const { workspace } = useSignedIn();
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={isSelf ? `Leave ${workspace.name}` : `Remove ${member.name}`}
      says={
        isSelf
          ? "You lose your access at once. What you made stays. Someone here can invite you again."
          : "Their access ends at once. What they made stays, and so do the keys they created. You can invite them again."
      }
      typed={isSelf ? workspace.name : member.name}
      confirm={isSelf ? "Leave" : "Remove"}
      keep={isSelf ? "Stay" : "Keep them"}
      onConfirm={async () => {
        await removeMember(member.id);
        if (isSelf) {
          window.location.assign("/overview");
          return;
        }
        onRemoved();
        toast({ text: `${member.name} was removed` });
      }}
    />
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
