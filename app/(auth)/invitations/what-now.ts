import type { InvitationState, Role } from "@/lib/domain/access/vocabulary";

export type Visitor = { kind: "in"; email: string } | { kind: "half" } | { kind: "out" };

export type Invited = {
  email: string;
  role: Role;
  workspaceName: string;
  invitedBy: string | null;
  state: InvitationState;
  hasAccount: boolean;
};

export type WhatNow =
  | { kind: "closed"; title: string; says: string }
  | { kind: "join" }
  | { kind: "other_address"; signedInAs: string }
  | { kind: "sign_in"; isHalf: boolean }
  | { kind: "new" };

/** What the page of an invitation offers: it depends on the invitation and on who is looking. */
export function whatNow(invitation: Invited, visitor: Visitor): WhatNow {
  const { workspaceName, state, email } = invitation;
  const host = invitation.invitedBy ?? "whoever invited you";
  if (state === "accepted")
    return {
      kind: "closed",
      title: "This invitation was accepted",
      says: `${email} belongs to ${workspaceName}. Sign in with that address to go there.`,
    };
  if (state === "revoked")
    return {
      kind: "closed",
      title: "This invitation was withdrawn",
      says: `Ask ${host} if you expected to join ${workspaceName}.`,
    };
  if (state === "expired")
    return { kind: "closed", title: "This invitation has expired", says: `Ask ${host} to send it again.` };
  if (visitor.kind === "in")
    return visitor.email === email ? { kind: "join" } : { kind: "other_address", signedInAs: visitor.email };
  if (visitor.kind === "half") return { kind: "sign_in", isHalf: true };
  return invitation.hasAccount ? { kind: "sign_in", isHalf: false } : { kind: "new" };
}
