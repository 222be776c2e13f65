import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { compileRules } from "@/db/queries/segments/compile-rules";
import { withTenant } from "@/db/tenant";
import { ownerOf } from "@/e2e/owner-of";
import { makeReachablePerson } from "@/e2e/reachable-person";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import { basisLabels } from "@/lib/domain/consent/labels";
import type { ConsentBasis, ConsentSource, ConsentState } from "@/lib/domain/consent/vocabulary";
import { commonFields, fieldMap } from "@/lib/domain/segments/registry";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { checkContact } from "../consent/may-contact";
import { recordConsents } from "../consent/record-consents";
import { addSuppressions } from "../consent/suppress";
import { type Context, transaction } from "../context";

/** A segment asks the database for everybody at once what a message asks the one decision for each: the two must agree. */
let tenantId: TenantId;
let ctx: Context;
const ids: string[] = [];
const channels = ["email", "sms", "whatsapp"] as const;

let state = 7;
const random = () => {
  state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return state / 2 ** 32;
};
const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;

beforeAll(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  ctx = ownerOf(tenantId);
  for (let at = 0; at < 80; at++) {
    const shared = random() < 0.2 ? { email: `shared-${at % 5}@example.test` } : {};
    const phone = random() < 0.7 ? { phone: `+50934${String(100_000 + at)}` } : {};
    const whatsapp = random() < 0.3 ? { whatsapp: `wa-${at}` } : {};
    ids.push((await makeReachablePerson(tenantId, { ...shared, ...phone, ...whatsapp })).id);
  }
  for (let round = 0; round < 400; round++)
    await transaction(ctx, async (tx) => {
      const contactId = pick(ids);
      const channel = pick(channels);
      if (random() < 0.12) {
        const scope = pick(["global", "workspace", "topic", "sender"] as const);
        const scopeKey = scope === "topic" ? pick(["marketing", uuidv7()]) : scope === "sender" ? "marketing" : "";
        const reason = pick(["hard_bounce", "manual", "complaint", "opt_out"] as const);
        const hash = await hashOf(contactId);
        if (hash)
          await addSuppressions(tx, [hash], { channel: pick(["*", channel]), reason, scope, scopeKey, contactId });
        return;
      }
      const line = {
        state: pick<ConsentState>(["granted", "granted", "granted", "pending", "denied"]),
        source: pick<ConsentSource>(["person", "member", "import", "key"]),
        basis: pick(Object.keys(basisLabels) as ConsentBasis[]),
        expiresAt: random() < 0.3 ? new Date(Date.now() + pick([-1, 1]) * 86_400_000) : null,
      };
      await recordConsents(tx, [{ contactId, channel, purpose: "marketing", ...line }]);
    });
});

async function hashOf(contactId: string): Promise<string | null> {
  const rows = await withTenant(tenantId, "read only", (db) =>
    db.execute<{ email: string | null; phone: string | null }>(
      sql`select email_hash as email, phone_hash as phone from contacts where id = ${contactId}`,
    ),
  );
  return pick([rows[0]?.email ?? null, rows[0]?.phone ?? null]);
}

it.each(channels)("whom we may write to by %s is the same asked for everybody and for each", async (channel) => {
  const found = await segmentOf(`may_contact:${channel}`);
  const asked: string[] = [];
  for (const id of ids) {
    const { items } = await checkContact(ctx, id, { channel: channel as Channel, purpose: "marketing" });
    if (items[0]?.may) asked.push(id);
  }
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.length).toBeLessThan(ids.length - 5);
  expect(found).toEqual(asked.sort());
});

async function segmentOf(field: string): Promise<string[]> {
  const tree = { all: [{ field, operator: "is_true" as const }] };
  const place = { tenantId, now: new Date(), timeZone: "UTC" };
  const rows = await withTenant(tenantId, "read only", (db) =>
    db.execute<{ id: string }>(
      sql`select c.id from contacts c where c.tenant_uuid = ${tenantId} and ${compileRules(tree as never, fieldMap(commonFields), place)}`,
    ),
  );
  return rows.map(({ id }) => id).sort();
}
