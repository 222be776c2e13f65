import { contacts, identities } from "@/db/schema/contacts";
import { withTenant } from "@/db/tenant";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { ports } from "@/lib/ports";

/** A person with addresses and nothing else: what a test of consent needs, in one row. */
export async function makeReachablePerson(
  tenantId: TenantId,
  given: { email?: string; phone?: string; whatsapp?: string; name?: string } = {},
) {
  const id = uuidv7();
  const { hashes } = ports();
  const email = given.email ?? `reach-${id.slice(-12)}@example.test`;
  const phone = given.phone ?? null;
  const { whatsapp } = given;
  await withTenant(tenantId, "read write", async (db) => {
    await db.insert(contacts).values({
      ...{ tenantId, id, name: given.name ?? "Josette Alcindor", email, phone },
      emailHash: hashes.hash(tenantId, "email", email),
      phoneHash: phone && hashes.hash(tenantId, "phone", phone),
    });
    if (whatsapp) {
      await db.insert(identities).values({
        ...{ tenantId, id: uuidv7(), contactId: id, channel: "whatsapp", externalId: whatsapp },
        addressHash: hashes.hash(tenantId, "whatsapp", whatsapp),
      });
    }
  });
  return { id, email, phone };
}
