import { sql } from "drizzle-orm";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { makeDataRequest } from "@/db/factories/privacy";
import { findExport } from "@/db/queries/imports/exports";
import { auditLines } from "@/db/schema/access";
import { contacts, scoreChanges } from "@/db/schema/contacts";
import { withTenant } from "@/db/tenant";
import { ownerOf } from "@/e2e/owner-of";
import { makeReachablePerson } from "@/e2e/reachable-person";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { addMs, dayMs } from "@/lib/kernel/time";
import { shellCall } from "@/lib/ports";
import { zip } from "@/lib/providers/zip";
import { checkAddress } from "../consent/list-suppressions";
import { unsubscribe } from "../consent/preferences";
import { recordConsents } from "../consent/record-consents";
import { type Context, transaction } from "../context";
import { closeDataRequest, listDataRequests, openDataRequest } from "./data-requests";
import { erasePerson } from "./erase-person";
import { gatherPerson, requestPersonExport, storePersonFile } from "./export-person";
import { listErasures } from "./list-erasures";
import { describeProcessing } from "./processing-record";
import { findRetention, retain, saveRetention } from "./retention";

let tenantId: TenantId;
let owner: Context;
beforeAll(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  owner = ownerOf(tenantId);
});

/** Every text that the workspace still keeps, wherever it stands: what an erased person must not be found in. */
async function everythingKept(): Promise<string> {
  return withTenant(tenantId, "read only", async (db) => {
    const tables = await db.execute<{ name: string }>(sql`
      select c.relname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_uuid' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname not like 'engine%'
        and has_table_privilege(c.oid, 'select')`);
    expect(tables.length).toBeGreaterThan(20);
    const texts: string[] = [];
    for (const { name } of tables) {
      const rows = await db.execute<{ line: string }>(
        sql`select to_jsonb(t)::text as line from ${sql.identifier(name)} t where tenant_uuid = ${tenantId}`,
      );
      texts.push(...rows.map((row) => `${name}: ${row.line}`));
    }
    return texts.join("\n");
  });
}

describe("an erasure", () => {
  it("leaves nothing that names the person, and no way back in", async () => {
    const email = `mirlande-${uuidv7().slice(-6)}@example.test`;
    const name = `Mirlande Zefirin ${uuidv7().slice(-6)}`;
    const { id } = await makeReachablePerson(tenantId, { email, phone: "+50934998877", name });
    await transaction(owner, (tx) =>
      recordConsents(tx, [{ contactId: id, channel: "email", purpose: "marketing", state: "granted" }]),
    );
    const request = await openDataRequest(owner, {
      kind: "erasure",
      contactId: id,
      askedBy: name,
      note: `${name} wrote`,
    });
    expect(await everythingKept()).toContain(name);
    const erasure = await erasePerson(owner, id, { requestId: request.id });
    expect(erasure.removed).toMatchObject({ contacts: 1, consents: 1, data_requests: 1 });
    const kept = await everythingKept();
    for (const trace of [name, email, "34998877"]) expect(kept).not.toContain(trace);
    expect((await checkAddress(owner, { address: email, channel: "*" })).items[0]).toMatchObject({ reason: "erasure" });
    expect((await checkAddress(owner, { address: "+50934998877", channel: "sms" })).isSuppressed).toBe(true);
    expect((await listErasures(owner, { limit: 5 })).items[0]).toMatchObject({ erasedId: id, requestId: request.id });
    await expect(erasePerson(owner, id, {})).rejects.toMatchObject({ code: "not_found" });
    const link = {
      kind: "unsubscribe",
      tenantId,
      contactId: id,
      channel: "email",
      about: null,
      expiresAt: null,
    } as const;
    expect(await unsubscribe(owner, link)).toEqual({ kind: "gone" });
  });

  it("asks for a fresh proof, and happens whole or not at all", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const provenAt = addMs(new Date(), -dayMs);
    const stale = { ...owner, actor: { ...owner.actor, provenAt } } as Context;
    await expect(erasePerson(stale, id, {})).rejects.toMatchObject({ details: { reason: "proof_needed" } });
    const other = { ...owner.ports, hashes: { ...owner.ports.hashes, fingerprint: () => uuidv7() } };
    await expect(erasePerson({ ...owner, ports: other }, id, {})).rejects.toThrow(/PEPPER/);
    const rows = await withTenant(tenantId, "read only", (db) =>
      db.select({ id: contacts.id }).from(contacts).where(sql`id = ${id}`),
    );
    expect(rows).toHaveLength(1);
  });

  it("is what closing its request means; another case is only closed", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const request = await makeDataRequest(tenantId, { kind: "erasure", contactId: id });
    const closed = await closeDataRequest(owner, request.id, { state: "done", outcome: "Erased" });
    expect(closed).toMatchObject({ state: "done", contactId: null, daysLeft: null });
    await expect(closeDataRequest(owner, request.id, { state: "done", outcome: "Again" })).rejects.toThrow(/closed/);
    await expect(erasePerson(owner, id, {})).rejects.toMatchObject({ code: "not_found" });
  });

  it("is not called done where its case names nobody: it waits, or is refused with a word", async () => {
    const request = await makeDataRequest(tenantId, { kind: "erasure" });
    const done = closeDataRequest(owner, request.id, { state: "done", outcome: "Erased" });
    await expect(done).rejects.toMatchObject({ details: { reason: "names_nobody" } });
    const refused = await closeDataRequest(owner, request.id, { state: "refused", outcome: "Nobody of that name" });
    expect(refused).toMatchObject({ state: "refused" });
  });

  it("writes no name into the audit log", async () => {
    const rows = await withTenant(tenantId, "read only", (db) =>
      db.select({ line: sql<string>`${auditLines}::text` }).from(auditLines),
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.map((row) => row.line).join("\n")).not.toMatch(/Mirlande|Josette/);
  });
});

describe("the clock of the cases", () => {
  it("runs from the day on which the person asked", async () => {
    const receivedAt = addMs(new Date(), -33 * dayMs);
    const late = await openDataRequest(owner, { kind: "access", askedBy: "By letter", receivedAt });
    expect(late).toMatchObject({ isOverdue: true, daysLeft: -4 });
    const future = addMs(new Date(), dayMs);
    await expect(openDataRequest(owner, { kind: "access", receivedAt: future })).rejects.toMatchObject({
      details: { faults: [{ pointer: "/received_at" }] },
    });
    expect((await listDataRequests(owner, { limit: 50, state: "open" })).items.map((each) => each.id)).toContain(
      late.id,
    );
  });
});

describe("a person's file", () => {
  it("holds their rows for programs and for people, and says what is not in it", async () => {
    const { id, email } = await makeReachablePerson(tenantId, { name: '=cmd|" /C calc"!A0' });
    const made = await requestPersonExport(owner, id);
    const files = await gatherPerson(owner, made.id);
    if (!files) throw new Error("Nothing was gathered.");
    async function* entries() {
      for (const { name, text } of files ?? [])
        yield {
          name,
          chunks: (async function* () {
            yield text;
          })(),
        };
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of zip(entries())) pieces.push(piece);
    expect(await storePersonFile(owner, made.id, pieces)).toBe(true);
    // A second run finds it done and leaves it.
    expect(await storePersonFile(owner, made.id, pieces)).toBe(false);
    const row = await withTenant(tenantId, "read only", (db) => findExport(db, tenantId, made.id));
    expect(row).toMatchObject({ state: "done", kind: "person", bytes: Buffer.concat(pieces).length });
    const unzipped = unzipSync(Buffer.concat(pieces));
    const text = (name: string) => new TextDecoder().decode(unzipped[name]);
    expect(JSON.parse(text("data.json")).contacts[0].email).toBe(email);
    expect(text("contacts.csv")).toContain(`'=cmd`);
    expect(text("data.json")).not.toContain("email_hash");
    expect(text("README.txt")).toMatch(/consent_states: .*Not in this file/);
  });
});

describe("retention", () => {
  it("takes away what is older than the workspace keeps it, once, with a proof", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const day = (ago: number) =>
      addMs(new Date(), -ago * dayMs)
        .toISOString()
        .slice(0, 10);
    await withTenant(tenantId, "read write", (db) =>
      db.insert(scoreChanges).values(
        [400, 91, 89, 1].map((ago) => ({
          tenantId,
          contactId: id,
          day: day(ago),
          score: 10,
          grade: "F" as const,
          reasons: [],
        })),
      ),
    );
    await saveRetention(owner, { rules: [{ dataClass: "score_history", days: 90 }] });
    const job: Context = { ...shellCall(), tenantId, actor: { kind: "job", name: "retain" } };
    expect(await retain(job, "score_history")).toBe(2);
    expect(await retain(job, "score_history")).toBe(0);
    const rule = (await findRetention(owner)).items.find((each) => each.dataClass === "score_history");
    expect(rule).toMatchObject({ days: 90, isDefault: false, lastRun: { removed: 2 } });
    for (const dataClass of ["import_files", "exports", "segment_history", "change_snapshots"] as const)
      expect(await retain(job, dataClass)).toBe(0);
  });
});

describe("the record of what is processed", () => {
  it("names every table that knows a person, why, and how long", async () => {
    const { items } = await describeProcessing(owner);
    const scores = items.find((each) => each.table === "score_changes");
    expect(scores?.keptFor).toBe("90 days");
    expect(items.map((each) => each.table)).toEqual(expect.arrayContaining(["contacts", "consents", "data_requests"]));
  });
});
