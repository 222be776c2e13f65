import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { withTenant } from "@/db/tenant";
import { customerTypeOf } from "@/lib/domain/contacts/customer-type";
import { customerTypes } from "@/lib/domain/contacts/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";

const now = new Date("2026-11-21T00:00:00Z");

it("the type of a customer is the same to the table and to the words about it", async () => {
  const moment = fc.option(fc.date({ min: new Date("2000-01-01"), max: now, noInvalidDate: true }));
  const facts = fc.record({
    givenType: fc.option(fc.constantFrom(...customerTypes)),
    firstPurchaseAt: moment,
    firstVisitAt: moment,
    lastReplyAt: moment,
  });
  const people = fc.sample(facts, 200).map((person) => ({ id: uuidv7(), ...person }));
  const { tenantId } = await makeWorkspace();
  const derived = await withTenant(tenantId, "read write", (db) =>
    db.execute<{ id: string; customer_type: string }>(sql`
      insert into contacts (tenant_uuid, id, given_type, first_purchase_at, first_visit_at, last_reply_at)
      select ${tenantId}, g.* from json_to_recordset(${JSON.stringify(people)}::json) as g(id uuid, "givenType" text,
        "firstPurchaseAt" timestamptz, "firstVisitAt" timestamptz, "lastReplyAt" timestamptz)
      returning id, customer_type`),
  );
  const types = new Map(derived.map((row) => [row.id, row.customer_type]));
  for (const { id, ...person } of people) expect(types.get(id)).toBe(customerTypeOf(person).type);
});
