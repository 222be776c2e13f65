import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { withTenant } from "@/db/tenant";
import { ownerOf } from "@/e2e/owner-of";
import { makeReachablePerson } from "@/e2e/reachable-person";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import type { Link } from "@/lib/domain/consent/link-token";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { shellCall } from "@/lib/ports";
import { liftSuppression } from "../consent/lift-suppression";
import { checkAddress } from "../consent/list-suppressions";
import { checkContact } from "../consent/may-contact";
import { makePreferenceLinks } from "../consent/preference-links";
import { changePreferences, findPreferences, findWayOut, unsubscribe } from "../consent/preferences";
import { recordConsent } from "../consent/record-consent";
import { suppress } from "../consent/suppress";
import { changeContacts } from "../contacts/change-contacts";
import { createContact } from "../contacts/create-contact";
import { deleteContact } from "../contacts/delete-contact";
import { listIdentities, removeIdentity } from "../contacts/identities";
import { mergeContacts } from "../contacts/merge-contacts";
import { undoChange } from "../contacts/undo-change";
import { unmergeContacts } from "../contacts/unmerge-contacts";
import { updateContact } from "../contacts/update-contact";
import { upsertContacts } from "../contacts/upsert-contacts";
import { type Context, transaction } from "../context";
import { restoreContacts } from "../imports/restore-contacts";
import { startImport } from "../imports/start-import";
import { updateImport } from "../imports/update-import";
import { uploadFile } from "../imports/upload-file";
import { personTables } from "../registry";
import { createSegment } from "../segments/create-segment";
import { openDataRequest } from "./data-requests";
import { erasePerson } from "./erase-person";
import { retain } from "./retention";

let tenantId: TenantId;
let owner: Context;
beforeAll(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  owner = ownerOf(tenantId);
});

const keyOf = (...scopes: string[]): Context =>
  ({ ...owner, actor: { kind: "key", id: uuidv7(), name: "Shop", scopes } }) as Context;
const ask = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read write", async (db) => [...(await db.execute<Row>(query))]);
const fresh = () => `p-${uuidv7().slice(-12)}@example.test`;
const change = (act: "delete" | "consent" | "tag", ids: string[], detail: Record<string, string> = {}) =>
  changeContacts(owner, { act, target: { ids }, detail });
const linkOf = (contactId: string, channel: Channel = "email"): Link => ({
  ...{ kind: "unsubscribe", tenantId, contactId, channel, about: null, expiresAt: null },
});
const agree = (contactId: string, given: Partial<Parameters<typeof recordConsent>[2]> = {}) =>
  recordConsent(owner, contactId, { channel: "email", purpose: "marketing", state: "granted", ...given });
const reach = async (contactId: string) =>
  (await checkContact(owner, contactId, { channel: "email", purpose: "marketing" })).items[0];
const isErased = async (address: string) =>
  (await checkAddress(owner, { address, channel: "*" })).items.some(({ reason }) => reason === "erasure");

describe("somebody who is not kept here any more", () => {
  it("can still say by an old link that nothing is to come, and it holds when they are back", async () => {
    const email = fresh();
    const { id } = await makeReachablePerson(tenantId, { email });
    const address = owner.ports.hashes.hash(tenantId, "email", email);
    const preferences: Link = { ...linkOf(id), kind: "preferences", address };
    await deleteContact(owner, id);
    expect(await findPreferences(owner, preferences)).toBeNull();
    expect(await findWayOut(owner, preferences)).toMatchObject({ isAway: true, isDone: false });
    expect(
      await changePreferences(owner, preferences, { kind: "channels", channels: ["email"], isOn: true }),
    ).toBeNull();
    expect(await findWayOut(owner, preferences)).toMatchObject({ isDone: false });
    expect(await changePreferences(owner, preferences, { kind: "nothing" })).toEqual({ undo: null });
    expect(await findWayOut(owner, preferences)).toMatchObject({ isAway: true, isDone: true });
    const again = await makeReachablePerson(tenantId, { email });
    const check = await checkContact(owner, again.id, { channel: "email", purpose: "transactional" });
    expect(check.items[0]).toMatchObject({ may: false, because: "suppressed" });
    expect(await findWayOut(owner, { ...linkOf(uuidv7()), address: null })).toBeNull();
  });
});

describe("an erasure of somebody who had another address before", () => {
  it("reaches it too, unless it is somebody else's by now", async () => {
    const [first, slip, last, account] = [fresh(), fresh(), fresh(), `acct-${uuidv7()}`];
    const person = await createContact(owner, {
      ...{ email: first, phone: "+50934123499" },
      identities: [{ channel: "instagram", externalId: account }],
    });
    const { items } = await listIdentities(owner, person.id, { limit: 10, skip: 0 });
    await updateContact(owner, person.id, { email: slip, phone: null });
    await updateContact(owner, person.id, { email: last });
    await removeIdentity(owner, person.id, String(items[0]?.id));
    // Whose address it really is.
    const other = await makeReachablePerson(tenantId, { email: slip });
    await erasePerson(owner, person.id, {});
    expect([await isErased(first), await isErased("+50934123499"), await isErased(last)]).toEqual([true, true, true]);
    expect(await isErased(slip)).toBe(false);
    expect(await reach(other.id)).not.toMatchObject({ because: "erased" });
    const again = { identities: [{ channel: "instagram" as const, externalId: account }] };
    await expect(createContact(owner, again)).rejects.toThrow();
    await expect(createContact(owner, { email: first })).rejects.toThrow();
  });

  it("and goes along when two become one, and comes back", async () => {
    const [old, now] = [fresh(), fresh()];
    const winner = await makeReachablePerson(tenantId);
    const loser = await createContact(owner, { email: old });
    await updateContact(owner, loser.id, { email: now });
    const merge = await mergeContacts(owner, winner.id, { otherId: loser.id });
    await unmergeContacts(owner, merge.id);
    await mergeContacts(owner, winner.id, { otherId: loser.id });
    await erasePerson(owner, winner.id, {});
    expect(await isErased(old)).toBe(true);
  });
});

describe("an erasure of somebody who was merged long ago", () => {
  it("still knows the other's address, though what parts the two is kept for a time only", async () => {
    const old = fresh();
    const winner = await makeReachablePerson(tenantId);
    const loser = await createContact(owner, { email: old });
    const merge = await mergeContacts(owner, winner.id, { otherId: loser.id });
    await ask(sql`update merges set created_at = now() - interval '31 days' where id = ${merge.id}`);
    const job: Context = { ...shellCall(), tenantId, actor: { kind: "job", name: "retain" } };
    expect(await retain(job, "change_snapshots")).toBe(1);
    expect(await retain(job, "change_snapshots")).toBe(0);
    const [kept] = await ask<{ snapshot: object }>(sql`select snapshot from merges where id = ${merge.id}`);
    expect(kept?.snapshot).toEqual({});
    await expect(unmergeContacts(owner, merge.id)).rejects.toMatchObject({ details: { reason: "too_old" } });
    await erasePerson(owner, winner.id, {});
    expect(await isErased(old)).toBe(true);
  });
});

describe("an erasure of somebody who was merged", () => {
  it("reaches the addresses, the numbers and the earlier values of the other contact too", async () => {
    const [kept, lost] = [fresh(), fresh()];
    const winner = await makeReachablePerson(tenantId, { email: kept });
    const loser = await createContact(owner, { email: lost, externalId: `old-${lost}`, name: "Vilbrun Pierre" });
    await change("tag", [loser.id], { tag: "Fair" });
    await ask(sql`update change_rows set before = jsonb_build_object('before', jsonb_build_object('name', ${lost}::text))
      where contact_id = ${loser.id}`);
    const chosen = { otherId: loser.id, fields: { external_id: "winner" } } as const;
    await ask(sql`update contacts set external_id = ${`own-${lost}`} where id = ${winner.id}`);
    await mergeContacts(owner, winner.id, chosen);
    await erasePerson(owner, winner.id, {});
    expect(await isErased(kept)).toBe(true);
    expect(await isErased(lost)).toBe(true);
    await expect(createContact(owner, { email: lost })).rejects.toMatchObject({ code: "invalid_input" });
    for (const externalId of [`old-${lost}`, `own-${lost}`])
      await expect(createContact(owner, { externalId })).rejects.toMatchObject({ code: "invalid_input" });
    expect(await ask(sql`select 1 from change_rows where contact_id = ${loser.id}`)).toEqual([]);
  });
});

describe("whoever was erased does not come back", () => {
  it("by the undo of a deletion, and the deletion keeps nothing of them", async () => {
    const email = fresh();
    const [twin, person, other] = [
      await makeReachablePerson(tenantId, { email }),
      await makeReachablePerson(tenantId, { email }),
      await makeReachablePerson(tenantId),
    ];
    const done = await change("delete", [twin.id, other.id]);
    await erasePerson(owner, person.id, {});
    const rows = await ask<{ id: string }>(sql`select contact_id as id from change_rows where change_id = ${done.id}`);
    expect(rows.map(({ id }) => id)).toEqual([other.id]);
    await undoChange(owner, done.id);
    expect(await ask(sql`select id from contacts where email = ${email}`)).toEqual([]);
    expect(await ask(sql`select id from contacts where id = ${other.id}`)).toHaveLength(1);
  });

  it("by the undo of a deletion that remembered them under an address which was listed later", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const done = await change("delete", [id]);
    await ask(sql`insert into suppressions (tenant_uuid, id, address_hash, channel, reason, scope, source, actor_name)
      select ${tenantId}, gen_random_uuid(), ((r.before -> 'contacts' ->> 0)::jsonb ->> 'email_hash')::uuid, '*', 'erasure',
        'global', 'member', 'Ann' from (select before from change_rows where change_id = ${done.id}) r(before)`);
    await undoChange(owner, done.id);
    expect(await ask(sql`select id from contacts where id = ${id}`)).toEqual([]);
  });

  it("by the undo of a merge", async () => {
    const email = fresh();
    const winner = await makeReachablePerson(tenantId);
    const loser = await makeReachablePerson(tenantId, { email });
    const merge = await mergeContacts(owner, winner.id, { otherId: loser.id });
    const twin = await makeReachablePerson(tenantId, { email });
    await erasePerson(owner, twin.id, {});
    await expect(unmergeContacts(owner, merge.id)).rejects.toMatchObject({ details: { reason: "erased" } });
  });

  it("by the undo of an import that had given somebody another address", async () => {
    const [before, after] = [fresh(), fresh()];
    const { id } = await makeReachablePerson(tenantId, { email: after, name: "New" });
    const twin = await makeReachablePerson(tenantId, { email: before });
    await erasePerson(owner, twin.id, {});
    const row = { id: uuidv7(), options: {}, fileName: "people.csv" } as Parameters<typeof restoreContacts>[1];
    const memory = { before: { email: before, name: "Old" }, after: { email: after, name: "New" } };
    await transaction(owner, (tx) => restoreContacts(tx, row, [{ contactId: id, memory }]));
    expect(await ask(sql`select email, name from contacts where id = ${id}`)).toEqual([{ email: after, name: "Old" }]);
  });
});

describe("an erasure forgets what colleagues wrote", () => {
  it("in a case that came by letter, in its outcome, and beside suppressions", async () => {
    const name = `Fabiola ${uuidv7()}`;
    const person = await makeReachablePerson(tenantId, { name });
    const byHand = await suppress(owner, { address: person.email, channel: "email", reason: "manual", note: name });
    await liftSuppression(owner, byHand.items[0]?.id ?? "", `${name} called`);
    const letter = await openDataRequest(owner, { kind: "erasure", askedBy: name, note: `${name} wrote` });
    const earlier = await openDataRequest(owner, { kind: "access", contactId: person.id });
    await ask(sql`update data_requests set outcome = ${name}, state = 'done' where id = ${earlier.id}`);
    await erasePerson(owner, person.id, { requestId: letter.id });
    const kept = await ask<{ line: string }>(sql`
      select to_jsonb(t)::text as line from data_requests t union all select to_jsonb(t)::text from suppressions t
      union all select to_jsonb(t)::text from audit_lines t`);
    expect(kept.length).toBeGreaterThan(4);
    expect(kept.map(({ line }) => line).join("\n")).not.toContain(name);
  });

  it("and what stands in rows that were refused, and in searches whose work is over", async () => {
    const name = `Gilbert${uuidv7().replaceAll("-", "")}`;
    const email = `${name.toLowerCase()}@example.test`;
    const person = await makeReachablePerson(tenantId, { name, email, phone: "+50937112233" });
    const problem = (row: number, cells: string[]) => sql`
      insert into import_problems (tenant_uuid, import_id, row, problem, cells)
      values (${tenantId}, ${uuidv7()}, ${row}, 'is no stage', ${JSON.stringify(cells)}::jsonb)`;
    await ask(problem(1, [name, ` ${email.toUpperCase()} `]));
    await ask(problem(2, [name, "+509 37 11 22 33"]));
    await ask(problem(3, ["Somebody", "else@example.test"]));
    await changeContacts(owner, { act: "tag", target: { filter: { search: name } }, detail: { tag: "Found" } });
    const erasure = await erasePerson(owner, person.id, {});
    expect(erasure.removed).toMatchObject({ import_problems: 2 });
    const kept = await ask<{ line: string }>(sql`
      select to_jsonb(t)::text as line from import_problems t union all select to_jsonb(t)::text from bulk_changes t`);
    expect(kept.map(({ line }) => line).join("\n")).toContain("else@example.test");
    expect(kept.map(({ line }) => line).join("\n")).not.toMatch(new RegExp(name, "i"));
  });

  it("and the audit log never knew the words that a segment asks for", async () => {
    const email = fresh();
    await createSegment(owner, {
      ...{ name: "One person", kind: "rules" },
      rules: { all: [{ field: "email", operator: "is", value: email }] },
    });
    const lines = await ask<{ line: string }>(sql`select to_jsonb(t)::text as line from audit_lines t`);
    expect(lines.map(({ line }) => line).join("\n")).not.toContain(email);
  });
});

describe("a no is not lost", () => {
  it("when it is said while the person is deleted and the deletion is taken back", async () => {
    const { id } = await makeReachablePerson(tenantId);
    await agree(id);
    const done = await change("delete", [id]);
    expect(await unsubscribe(owner, linkOf(id))).toEqual({ kind: "done" });
    await undoChange(owner, done.id);
    expect(await reach(id)).toMatchObject({ may: false, because: "suppressed" });
  });

  it("when it is said in the moment of a merge", async () => {
    const winner = await makeReachablePerson(tenantId);
    const loser = await makeReachablePerson(tenantId);
    let merged = () => {};
    const merging = new Promise<void>((done) => {
      merged = done;
    });
    const [, word] = await Promise.all([
      withTenant(tenantId, "read write", async (db) => {
        await db.execute(sql`select 1 from contacts where id = ${loser.id} for update`);
        merged();
        await new Promise((done) => setTimeout(done, 400));
        await db.execute(sql`delete from contacts where id = ${loser.id}`);
        await db.execute(sql`insert into contact_aliases (tenant_uuid, kind, value, contact_id)
          values (${tenantId}, 'id', ${loser.id}, ${winner.id})`);
      }),
      merging.then(() => unsubscribe(owner, linkOf(loser.id))),
    ]);
    expect(word).toEqual({ kind: "done" });
    expect(await reach(winner.id)).toMatchObject({ may: false, because: "opted_out" });
  });

  it("when the two contacts that were one when it was said are parted", async () => {
    const winner = await makeReachablePerson(tenantId);
    const loser = await makeReachablePerson(tenantId);
    await agree(loser.id);
    const merge = await mergeContacts(owner, winner.id, { otherId: loser.id, fields: { email: "loser" } });
    await agree(winner.id, { state: "denied" });
    await unmergeContacts(owner, merge.id);
    expect(await reach(loser.id)).toMatchObject({ may: false, because: "opted_out" });
    expect(await reach(winner.id)).toMatchObject({ may: false, because: "opted_out" });
  });

  it.each(["one by one", "many at once"])("when the contact is deleted, %s, and brought in again", async (how) => {
    const { id, email } = await makeReachablePerson(tenantId);
    await recordConsent(keyOf("consent:write"), id, { channel: "email", purpose: "marketing", state: "denied" });
    if (how === "one by one") await deleteContact(owner, id);
    else await change("delete", [id]);
    const again = await createContact(owner, { email });
    await expect(agree(again.id)).rejects.toMatchObject({ details: { reason: "suppressed" } });
    // The person themselves may change their mind.
    const own = { ...linkOf(again.id), kind: "preferences" } as Link;
    await changePreferences(owner, own, { kind: "channels", channels: ["email"], isOn: true });
    expect(await reach(again.id)).toMatchObject({ may: true });
  });
});

describe("a change of consent that is taken back", () => {
  it("leaves a yes no stronger and no longer than it was", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const expiresAt = new Date(Date.now() - 1_000);
    await agree(id, { basis: "implied", expiresAt });
    for (const state of ["denied", "granted"]) {
      const done = await change("consent", [id], { channel: "email", state });
      await undoChange(owner, done.id);
      expect(await reach(id), state).toMatchObject({
        may: false,
        because: "consent_expired",
        consent: { basis: "implied", expiresAt },
      });
    }
  });

  it("takes the same right as the change itself", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const done = await change("consent", [id], { channel: "email", state: "denied" });
    const refusal = { code: "forbidden", details: { facts: { needs: "consent:write" } } };
    await expect(undoChange(keyOf("contacts:bulk"), done.id)).rejects.toMatchObject(refusal);
    await undoChange(keyOf("contacts:bulk", "consent:write"), done.id);
  });
});

it("a person's own file says nothing about somebody else who shares their number", async () => {
  const phone = "+50938445566";
  const [one, other] = [await makeReachablePerson(tenantId, { phone }), await makeReachablePerson(tenantId, { phone })];
  for (const [contactId, note] of [
    [one.id, "Asked at the door"],
    [other.id, "Her brother is ill"],
  ] as const)
    await suppress(owner, { contactId, channel: "sms", reason: "manual", scope: "sender", sender: contactId, note });
  const entry = personTables().find(({ table }) => table === "suppressions");
  const rows = await transaction(owner, (tx) =>
    typeof entry?.export === "function" ? entry.export(tx, one.id) : Promise.resolve([]),
  );
  expect(rows.map(({ note }) => note).sort()).toEqual(["Asked at the door", null]);
});

describe("a file of consents", () => {
  const upload = async () => {
    async function* bytes() {
      yield new TextEncoder().encode("email,ok\nrose@example.test,yes\n");
    }
    return (await uploadFile(owner, { fileName: "people.csv" }, bytes())).id;
  };

  it("takes the right to note what people agreed to, and on SMS a person who answers for it", async () => {
    const id = await upload();
    const choose = (target: "consent_email" | "consent_sms") =>
      updateImport(owner, id, {
        mapping: [
          { column: 0, target: "email" },
          { column: 1, target },
        ],
      } as Parameters<typeof updateImport>[2]);
    await choose("consent_email");
    await expect(startImport(keyOf("contacts:bulk"), id)).rejects.toMatchObject({
      details: { facts: { needs: "consent:write" } },
    });
    await choose("consent_sms");
    await expect(startImport(keyOf("contacts:bulk", "consent:write"), id)).rejects.toMatchObject({
      details: { faults: [{ pointer: "/mapping/1/target" }] },
    });
    expect(await startImport(owner, id)).toMatchObject({ state: "running" });
  });
});

describe("an upsert that comes while a person is being erased", () => {
  it("waits for the erasure, and then takes nobody in", async () => {
    const email = fresh();
    const { id } = await createContact(owner, { email, externalId: `race-${email}` });
    let upsert: Promise<unknown> | undefined;
    await transaction(owner, async (tx) => {
      await erasePerson(tx, id, {});
      const request = { contacts: [{ externalId: `race-${email}`, email }] };
      upsert = upsertContacts(owner, request).then(({ created, failed }) => ({ created, failed }));
      await pause(400);
    });
    expect(await upsert).toEqual({ created: 0, failed: 1 });
    expect(await ask(sql`select 1 from contacts where email = ${email}`)).toEqual([]);
  });
});

describe("a way out of an old letter", () => {
  it("stops the address though the contact is gone for good, and whoever comes with it later", async () => {
    const { id, email } = await makeReachablePerson(tenantId);
    const { unsubscribeUrl } = await makePreferenceLinks(owner, id, { channel: "email" });
    await deleteContact(owner, id);
    const link = owner.ports.links.open(unsubscribeUrl.split("/").at(-1) ?? "");
    expect(link && (await unsubscribe(owner, link))).toEqual({ kind: "done" });
    const again = await createContact(owner, { email: email ?? "" });
    await expect(agree(again.id)).rejects.toMatchObject({ code: "conflict" });
    expect(await reach(again.id)).toMatchObject({ may: false, because: "suppressed" });
  });
});
