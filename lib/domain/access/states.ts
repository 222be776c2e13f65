import type { InvitationState, KeyState } from "./vocabulary";

/** Derived, never stored: the clock alone moves an invitation or a key to "expired". */
export function invitationState(
  row: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): InvitationState {
  if (row.acceptedAt) return "accepted";
  if (row.revokedAt) return "revoked";
  return row.expiresAt <= now ? "expired" : "open";
}

export function keyState(row: { revokedAt: Date | null; expiresAt: Date | null }, now: Date): KeyState {
  if (row.revokedAt) return "revoked";
  return row.expiresAt && row.expiresAt <= now ? "expired" : "active";
}
