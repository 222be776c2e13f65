import { findMembership } from "@/db/queries/access/people";
import {
  deleteOtherSessions,
  deleteSession,
  listSessions as list,
  setActiveTenant,
} from "@/db/queries/access/sessions";
import { asGate } from "@/db/system";
import { describeDevice } from "@/lib/domain/access/device";
import type { Session } from "@/lib/domain/access/shapes";
import { notFound } from "@/lib/kernel/errors";
import type { PersonCall } from "../context";

export async function listSessions(call: PersonCall): Promise<{ items: Session[]; nextCursor: null }> {
  const rows = await asGate((db) => list(db, call.person.id, call.now()));
  const items = rows.map(({ userAgent, ...row }) => ({
    ...row,
    isCurrent: row.id === call.session.id,
    device: describeDevice(userAgent),
  }));
  return { items, nextCursor: null };
}

export async function revokeSession(call: PersonCall, id: string): Promise<{ revoked: number }> {
  const gone = await asGate((db) => deleteSession(db, call.person.id, id));
  if (!gone) throw notFound("session");
  return { revoked: 1 };
}

export async function revokeOtherSessions(call: PersonCall): Promise<{ revoked: number }> {
  return { revoked: await asGate((db) => deleteOtherSessions(db, call.person.id, call.session.id)) };
}

/** The workspace that this session opens with; a tab may still speak for another one by naming it. */
export async function switchWorkspace(call: PersonCall, tenantId: string): Promise<void> {
  const membership = await asGate((db) => findMembership(db, call.person.id, tenantId));
  if (!membership) throw notFound("workspace");
  await asGate((db) => setActiveTenant(db, call.session.id, tenantId));
}
