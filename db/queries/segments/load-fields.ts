import { asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { attributes } from "@/db/schema/contacts";
import { attributeField, commonFields, type Fields, fieldMap } from "@/lib/domain/segments/registry";
import type { TenantId } from "@/lib/kernel/tenant";
import { fieldSources } from "./field-sources";

const mostAttributes = 500;

/** All that a rule of this workspace may ask about: the common fields, those of later domains, the declared attributes. */
export async function loadFields(db: Db, tenantId: TenantId): Promise<Fields> {
  const declared = await db
    .select({ id: attributes.id, key: attributes.key, label: attributes.label, type: attributes.type })
    .from(attributes)
    .where(eq(attributes.tenantId, tenantId))
    .orderBy(asc(attributes.label))
    .limit(mostAttributes);
  return fieldMap([...commonFields, ...fieldSources.flatMap(({ fields }) => fields), ...declared.map(attributeField)]);
}
