import { makeContact } from "@/db/factories/contacts";
import { insertMembers } from "@/db/queries/segments/members";
import { insertSegment, noteSize } from "@/db/queries/segments/segments";
import { withTenant } from "@/db/tenant";
import type { SegmentKind } from "@/lib/domain/segments/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";

/** A segment as its verbs would have made it; a list unless rules are given. */
export async function makeSegment(
  tenantId: TenantId,
  overrides: Partial<{
    name: string;
    key: string;
    kind: SegmentKind;
    rules: unknown;
    memberIds: string[];
    now: Date;
  }> = {},
) {
  const now = overrides.now ?? new Date();
  const id = uuidv7(now.getTime());
  const kind = overrides.kind ?? (overrides.rules ? "rules" : "list");
  return withTenant(tenantId, "read write", async (db) => {
    const row = await insertSegment(db, tenantId, {
      id,
      key: overrides.key ?? `segment-${id.slice(-12)}`,
      name: overrides.name ?? "Regulars",
      description: null,
      kind,
      rules: kind === "rules" ? (overrides.rules ?? { all: [] }) : null,
      metadata: null,
      createdBy: null,
      createdAt: now,
    });
    if (!row) throw new Error("There is a segment with this key already.");
    const { memberIds } = overrides;
    if (memberIds) {
      const added = await insertMembers(db, tenantId, id, memberIds, now);
      const day = now.toISOString().slice(0, 10);
      await noteSize(db, tenantId, id, { size: added.length, entered: added.length, left: 0, day, now });
    }
    return row;
  });
}

/** One row in each table of segments, for whoever looks behind the walls between workspaces. */
export async function makeSegmentRest(tenantId: TenantId) {
  const { id } = await makeContact(tenantId);
  return makeSegment(tenantId, { memberIds: [id] });
}
