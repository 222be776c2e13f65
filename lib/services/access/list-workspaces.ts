import { listMemberships } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import type { PersonCall } from "../context";

export async function listWorkspaces(call: PersonCall) {
  const rows = await asGate((db) => listMemberships(db, call.person.id));
  const items = rows.map(({ tenantId, name, handle, role }) => ({ tenantUuid: tenantId, name, handle, role }));
  return { items, nextCursor: null };
}
