import { sql } from "drizzle-orm";
import { insertAttribute } from "@/db/queries/contacts/attributes";
import { listIdentities } from "@/db/queries/contacts/identities";
import { findNamed, insertNamed, type NamedTable } from "@/db/queries/contacts/named";
import { withTenant } from "@/db/tenant";
import { nameKey } from "@/lib/domain/contacts/name-key";
import { judgeProfile, type ProfileInput } from "@/lib/domain/contacts/profile";
import type { AttributeType } from "@/lib/domain/contacts/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { shellCall } from "@/lib/ports";
import { loadProfileFacts } from "@/lib/services/contacts/profile-facts";
import { writeContacts } from "@/lib/services/contacts/write-contacts";
import { type Context, transaction } from "@/lib/services/context";

/** Who acts where nobody does: the verbs that write contacts need somebody. */
export function factoryContext(tenantId: TenantId, now = new Date()): Context {
  return { ...shellCall(), now: () => now, tenantId, actor: { kind: "system", name: "Test" } };
}

/** A contact as the verbs would have written it: with its score, its search text and its hashes. */
export async function makeContact(
  tenantId: TenantId,
  overrides: ProfileInput & { now?: Date } = {},
): Promise<{ id: string; name: string; email: string | null }> {
  const { now = new Date(), ...said } = overrides;
  const id = uuidv7();
  const input = { name: "Josette Alcindor", email: `contact-${id.slice(-12)}@example.test`, ...said };
  return transaction(factoryContext(tenantId, now), async (tx) => {
    const judged = judgeProfile(input, await loadProfileFacts(tx));
    if (judged.kind === "no") throw new Error(JSON.stringify(judged.faults));
    const [made] = await writeContacts(tx, [{ profile: judged.profile }], { policy: "create", match: [], at: now });
    if (!made?.id) throw new Error(JSON.stringify(made?.faults));
    return { id: made.id, name: judged.profile.name ?? "", email: judged.profile.email ?? null };
  });
}

export async function makeAttribute(
  tenantId: TenantId,
  overrides: Partial<{ key: string; label: string; type: AttributeType }> = {},
) {
  const id = uuidv7();
  const row = { key: `attribute_${id.slice(-12)}`, label: "Plan", type: "text" as const, ...overrides };
  await withTenant(tenantId, "read write", (db) =>
    insertAttribute(db, tenantId, { ...row, id, createdAt: new Date() }),
  );
  return { id, ...row };
}

/** A contact and one row in each table of contacts, for whoever looks behind the walls between workspaces. */
export async function makeContactRest(tenantId: TenantId) {
  const attribute = await makeAttribute(tenantId);
  const unique = uuidv7().slice(-12);
  const contact = await makeContact(tenantId, {
    externalId: `rest-${unique}`,
    company: "Atelye Nò",
    tags: ["rest"],
    attributes: { [attribute.key]: "gold" },
    identities: [{ channel: "instagram", externalId: `rest-${unique}` }],
  });
  const other = await makeContact(tenantId);
  const id = uuidv7();
  await withTenant(tenantId, "read write", async (db) => {
    for (const statement of [
      sql`insert into engagements (tenant_uuid, contact_id, channel) values (${tenantId}, ${contact.id}, 'email')`,
      sql`insert into notes (tenant_uuid, id, contact_id, text, author_name)
        values (${tenantId}, ${id}, ${contact.id}, 'Likes blue', 'Test')`,
      sql`insert into tasks (tenant_uuid, id, contact_id, title) values (${tenantId}, ${id}, ${contact.id}, 'Call')`,
      sql`insert into score_changes (tenant_uuid, contact_id, day, score, grade, reasons)
        values (${tenantId}, ${contact.id}, '2026-11-21', 1, 'F', '[]')`,
      sql`insert into score_models (tenant_uuid, weights) values (${tenantId}, '{}') on conflict do nothing`,
      sql`insert into bulk_changes (tenant_uuid, id, act, detail, target, created_by_name)
        values (${tenantId}, ${id}, 'tag', '{}', '{}', 'Test')`,
      sql`insert into change_rows (tenant_uuid, change_id, contact_id, before)
        values (${tenantId}, ${id}, ${contact.id}, '{}')`,
      sql`insert into merges (tenant_uuid, id, contact_id, loser_id, snapshot, created_by_name)
        values (${tenantId}, ${id}, ${contact.id}, ${uuidv7()}, '{}', 'Test')`,
      sql`insert into contact_aliases (tenant_uuid, kind, value, contact_id)
        values (${tenantId}, 'external_id', ${`old-${unique}`}, ${contact.id})`,
      sql`insert into former_addresses (tenant_uuid, contact_id, address_hash)
        values (${tenantId}, ${contact.id}, ${uuidv7()})`,
      sql`insert into not_duplicates (tenant_uuid, contact_id, other_id)
        values (${tenantId}, ${contact.id}, ${other.id})`,
    ])
      await db.execute(statement);
  });
  return contact;
}

export async function makeNamed(tenantId: TenantId, table: NamedTable, name = `Name ${uuidv7().slice(-12)}`) {
  return withTenant(tenantId, "read write", async (db) => {
    const key = nameKey(name);
    await insertNamed(db, tenantId, table, [{ name, nameKey: key }], new Date());
    const [row] = await findNamed(db, tenantId, table, [key]);
    if (!row) throw new Error("The name was not written.");
    return row;
  });
}

/** An account of a contact, by the names that both have in an address. */
export async function makeIdentity(tenantId: TenantId): Promise<{ id: string; identity_id: string }> {
  const { id } = await makeContact(tenantId, { identities: [{ channel: "instagram", externalId: uuidv7() }] });
  const [identity] = await withTenant(tenantId, "read only", (db) => listIdentities(db, tenantId, id, { limit: 1 }));
  if (!identity) throw new Error("The account was not written.");
  return { id, identity_id: identity.id };
}
