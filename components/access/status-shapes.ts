import type { StatusShape } from "@/components/ui/status";
import type { InvitationState, KeyState } from "@/lib/domain/access/vocabulary";

/** Beside its tone each state has a shape, so that it is told apart without colour. */
export const invitationShapes: Record<InvitationState, StatusShape> = {
  open: "ring",
  accepted: "full",
  revoked: "cross",
  expired: "dashed",
};

export const keyShapes: Record<KeyState, StatusShape> = {
  active: "full",
  expired: "dashed",
  revoked: "cross",
};
