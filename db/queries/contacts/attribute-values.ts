import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { attributes, attributeValues } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";

/** What contacts have in the workspace's own fields; only in those of these keys, where some are named. */
export async function loadAttributeValues(
  db: Db,
  tenantId: TenantId,
  contactIds: readonly string[],
  keys?: readonly string[],
) {
  return db
    .select({
      contactId: attributeValues.contactId,
      attributeId: attributeValues.attributeId,
      key: attributes.key,
      type: attributes.type,
      text: attributeValues.textValue,
      number: attributeValues.numberValue,
      date: attributeValues.dateValue,
    })
    .from(attributeValues)
    .innerJoin(
      attributes,
      and(eq(attributes.tenantId, attributeValues.tenantId), eq(attributes.id, attributeValues.attributeId)),
    )
    .where(
      and(
        eq(attributeValues.tenantId, tenantId),
        sql`${attributeValues.contactId} = any(${sql.param([...contactIds])}::uuid[])`,
        keys && inArray(attributes.key, [...keys]),
      ),
    );
}
