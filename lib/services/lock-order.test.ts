import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { makeWorkspace } from "@/db/factories/access";
import { makeContact } from "@/db/factories/contacts";
import { makeDataRequest } from "@/db/factories/privacy";
import { makeSegment } from "@/db/factories/segments";
import { withTenant } from "@/db/tenant";
import { ownerOf } from "@/e2e/owner-of";
import { untilBlockedBy } from "@/e2e/until-blocked-by";
import type { BulkAct } from "@/lib/domain/contacts/vocabulary";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { verifyAudit } from "./access/verify-audit";
import { unsubscribe } from "./consent/preferences";
import { recordConsent } from "./consent/record-consent";
import { changeContacts, findChange } from "./contacts/change-contacts";
import { deleteContact } from "./contacts/delete-contact";
import { mergeContacts } from "./contacts/merge-contacts";
import { writeNote } from "./contacts/notes";
import { createTag } from "./contacts/tags";
import { undoChange } from "./contacts/undo-change";
import { unmergeContacts } from "./contacts/unmerge-contacts";
import { updateContact } from "./contacts/update-contact";
import { upsertContacts } from "./contacts/upsert-contacts";
import { type Context, transaction } from "./context";
import { findImport } from "./imports/find-import";
import { importPortion } from "./imports/import-portion";
import { startImport } from "./imports/start-import";
import { updateImport } from "./imports/update-import";
import { uploadFile } from "./imports/upload-file";
import { closeDataRequest } from "./privacy/data-requests";
import { erasePerson } from "./privacy/erase-person";
import { changeMembers } from "./segments/change-members";
import { refreshNow } from "./segments/refresh-segment";

let tenantId: TenantId;
let ctx: Context;
beforeEach(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  ctx = ownerOf(tenantId);
});

const ask = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read write", async (db) => [...(await db.execute<Row>(query))]);
const change = (act: BulkAct, ids: string[], detail: Record<string, string> = {}) =>
  changeContacts(ctx, { act, target: { ids }, detail });

/**
 * Holds `held`, lets somebody begin who must wait for it, and then takes `wanted`: which is there for the taking, unless
 * whoever waits holds it already, and then each waits for the other.
 */
async function meet(held: ReturnType<typeof sql>, begin: () => Promise<unknown>, wanted: ReturnType<typeof sql>) {
  const { waiting } = await withTenant(tenantId, "read write", async (db) => {
    await db.execute(held);
    const waiting = begin();
    waiting.catch(() => undefined);
    await untilBlockedBy(db);
    await db.execute(sql`set local lock_timeout = '300ms'`);
    await db.execute(wanted);
    return { waiting };
  });
  return waiting;
}

const holdContact = (id: string) => sql`select 1 from contacts where id = ${id} for update`;

describe("who must wait for a contact", () => {
  it("does not hold the log: others go on with what is logged", async () => {
    const { id } = await makeContact(tenantId);
    const doing = await withTenant(tenantId, "read write", async (db) => {
      await db.execute(holdContact(id));
      const changing = change("tag", [id], { tag: "Held" });
      await untilBlockedBy(db);
      const done = await Promise.race([createTag(ctx, { name: "Meanwhile" }), pause(3_000, null)]);
      expect(done).toMatchObject({ name: "Meanwhile" });
      return { changing };
    });
    expect(await doing.changing).toMatchObject({ state: "done", changed: 1 });
  });

  it("does not hold the list yet that the contact goes onto, as a change of many or by hand", async () => {
    const { id } = await makeContact(tenantId);
    const list = await makeSegment(tenantId);
    const wanted = sql`select 1 from segments where id = ${list.id} for update`;
    const ways = [
      () => change("segment_add", [id], { segment_id: list.id }),
      () => changeMembers(ctx, list.id, { add: [], remove: [id] }),
    ];
    for (const begin of ways) await meet(holdContact(id), begin, wanted);
    expect(await ask(sql`select size from segments where id = ${list.id}`)).toEqual([{ size: 0 }]);
  });

  it("does not hold the case yet that asks for the erasure", async () => {
    const { id } = await makeContact(tenantId);
    const ways = [
      (caseId: string) => closeDataRequest(ctx, caseId, { state: "done", outcome: "Erased" }),
      (caseId: string) => erasePerson(ctx, id, { requestId: caseId }),
    ];
    for (const begin of ways) {
      const { id: caseId } = await makeDataRequest(tenantId, { kind: "erasure", contactId: id });
      const other = await makeContact(tenantId);
      // As a merge does it: the person first, and then their cases are somebody else's.
      const moved = sql`update data_requests set contact_id = ${other.id} where id = ${caseId}`;
      await expect(meet(holdContact(id), () => begin(caseId), moved)).rejects.toBeInstanceOf(AppError);
      expect(await ask(sql`select state from data_requests where id = ${caseId}`)).toEqual([{ state: "open" }]);
    }
    expect(await ask(sql`select id from contacts where id = ${id}`)).toHaveLength(1);
  });

  it("does not hold the merge yet that is to be undone", async () => {
    const [winner, other] = [await makeContact(tenantId), await makeContact(tenantId)];
    const merge = await mergeContacts(ctx, winner.id, { otherId: other.id });
    const wanted = sql`select 1 from merges where id = ${merge.id} for update`;
    await meet(holdContact(winner.id), () => unmergeContacts(ctx, merge.id), wanted);
    expect(await ask(sql`select id from contacts where id = ${other.id}`)).toHaveLength(1);
  });
});

describe("who waited for a contact that went into another meanwhile", () => {
  it("means the other, and makes nobody new", async () => {
    const winner = await makeContact(tenantId, { externalId: "k-1" });
    const other = await makeContact(tenantId, { externalId: "k-2" });
    const { writing } = await transaction(ctx, async (tx) => {
      await mergeContacts(tx, winner.id, { otherId: other.id });
      const writing = upsertContacts(ctx, { contacts: [{ externalId: "k-2", stage: "customer" }] });
      await untilBlockedBy(tx.db);
      return { writing };
    });
    expect((await writing).items).toMatchObject([{ outcome: "updated", id: winner.id }]);
    expect(await ask(sql`select external_id from contacts`)).toEqual([{ external_id: "k-1" }]);
  });
});

describe("a segment that is made anew while one of its people is deleted", () => {
  it("waits for that, and leaves them out", async () => {
    const [stays, goes] = [await makeContact(tenantId), await makeContact(tenantId)];
    const { id: segmentId } = await makeSegment(tenantId, { rules: { all: [] } });
    const { refreshing } = await transaction(ctx, async (tx) => {
      await deleteContact(tx, goes.id);
      const refreshing = refreshNow(ctx, segmentId);
      await untilBlockedBy(tx.db);
      return { refreshing };
    });
    expect(await refreshing).toEqual({ size: 1 });
    const members = await ask(sql`select contact_id from segment_members where segment_id = ${segmentId}`);
    expect(members).toEqual([{ contact_id: stays.id }]);
  });
});

describe("who must wait for something else", () => {
  it("does not hold the person yet whom it erases, while a change is taken back", async () => {
    const { id } = await makeContact(tenantId, { name: "Mirlande" });
    const done = await changeContacts(ctx, {
      ...{ act: "tag", target: { filter: { search: "Mirlande" } }, detail: { tag: "Met" } },
    });
    const held = sql`select 1 from bulk_changes where id = ${done.id} for update`;
    await meet(held, () => erasePerson(ctx, id, {}), holdContact(id));
    expect(await ask(sql`select id from contacts where id = ${id}`)).toEqual([]);
  });

  it("takes the contacts of a segment in the order of their ids", async () => {
    const ids = ["c", "b", "a"].map((sign) => uuidv7().replace(/.$/, sign));
    const [last = "", middle = "", first = ""] = ids.sort().reverse();
    for (const id of [last, middle, first])
      await ask(
        sql`insert into contacts (tenant_uuid, id, name, search) values (${tenantId}, ${id}, 'Crowd', ' crowd ')`,
      );
    const { id: segmentId } = await makeSegment(tenantId, { rules: { all: [] } });
    const free = sql`select 1 from contacts where id = ${last} for update`;
    const inTheOrderOfTheirComing = sql`
      select set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`;
    const refreshing = () =>
      transaction(ctx, async (tx) => {
        await tx.db.execute(inTheOrderOfTheirComing);
        return refreshNow(tx, segmentId);
      });
    await meet(holdContact(middle), refreshing, free);
    expect(await ask(sql`select 1 from segment_members where segment_id = ${segmentId}`)).toHaveLength(3);
  });
});

describe("a contact that is being changed", () => {
  it("keeps nobody waiting who only points to it", async () => {
    const { id } = await makeContact(tenantId);
    const { id: segmentId } = await makeSegment(tenantId, { rules: { all: [] } });
    await transaction(ctx, async (tx) => {
      await changeContacts(tx, { act: "tag", target: { ids: [id] }, detail: { tag: "Met" } });
      await updateContact(tx, id, { externalId: "k-1", stage: "customer" });
      const refreshed = await Promise.race([refreshNow(ctx, segmentId), pause(3_000, null)]);
      expect(refreshed).toEqual({ size: 1 });
    });
  });
});

describe("a contact that is being deleted", () => {
  const pointTo = (db: Db, id: string) =>
    db.execute(sql`
      insert into notes (tenant_uuid, id, contact_id, text, author_name)
      values (${tenantId}, ${uuidv7()}, ${id}, 'She prefers indigo.', 'Ann')`);

  it("waits for whoever hangs something on it at this moment, and takes that along for the way back", async () => {
    const { id } = await makeContact(tenantId);
    const { deleting } = await withTenant(tenantId, "read write", async (db) => {
      await pointTo(db, id);
      const deleting = change("delete", [id]);
      await untilBlockedBy(db);
      return { deleting };
    });
    await undoChange(ctx, (await deleting).id);
    expect(await ask(sql`select text from notes where contact_id = ${id}`)).toEqual([{ text: "She prefers indigo." }]);
  });

  it.each([
    [
      "as one of many",
      (to: Context, id: string) => changeContacts(to, { act: "delete", target: { ids: [id] }, detail: {} }),
    ],
    ["by itself", (to: Context, id: string) => deleteContact(to, id)],
    ["by an erasure", (to: Context, id: string) => erasePerson(to, id, {})],
  ])("%s takes nobody's word any more", async (_, remove) => {
    const { id } = await makeContact(tenantId);
    let pointing: Promise<unknown> = Promise.resolve();
    await transaction(ctx, async (tx) => {
      await remove(tx, id);
      pointing = withTenant(tenantId, "read write", (db) => pointTo(db, id));
      pointing.catch(() => undefined);
      await untilBlockedBy(tx.db);
    });
    await expect(pointing).rejects.toThrow();
    expect(await ask(sql`select 1 from notes where contact_id = ${id}`)).toEqual([]);
  });
});

/** Everything that people and programs do to the same contacts at the same moment. */
describe("a change of 150 contacts that is done with the answer", () => {
  const rounds = 5;
  const size = 150;
  const place = (at: number) => String(at).padStart(3, "0");
  const emailOf = (at: number) => `k${place(at)}@example.test`;

  const deadlocks = async () => {
    // What a session has to tell of itself is told at the latest a second after.
    await pause(1_200);
    const [row] = await ask<{ count: number }>(
      sql`select deadlocks::int as count from pg_stat_database where datname = current_database()`,
    );
    return row?.count ?? 0;
  };

  async function* file(round: number) {
    const rows = Array.from({ length: size }, (_, at) => `k-${place(at)},Madan ${round},${emailOf(at)},round ${round}`);
    yield Buffer.from(["id,name,email,tags", ...rows.reverse()].join("\r\n"));
  }

  it("goes together with edits, files, merges, ways out and erasures of the same: nobody fails, and nothing is half done", {
    timeout: 120_000,
  }, async () => {
    const before = await deadlocks();
    const profiles = (stage: "lead" | "customer") =>
      Array.from({ length: size }, (_, at) => ({
        externalId: `k-${place(at)}`,
        name: "Josette",
        email: emailOf(at),
        stage,
      }));
    const made = await upsertContacts(ctx, { contacts: profiles("lead") });
    const ids = made.items.flatMap(({ id }) => id ?? []);
    expect(ids).toHaveLength(size);
    const list = await makeSegment(tenantId);
    const rules = await makeSegment(tenantId, { rules: { all: [] } });
    const [tagged, changes]: [string[], string[]] = [[], []];
    const noted = async (asked: Promise<{ id: string }>) => changes.push((await asked).id);
    // Whoever is merged or erased in the same round is not there any more for some: that is their answer, and no fault.
    const orGone = (work: Promise<unknown>) =>
      work.catch((error: unknown) => {
        if (!(error instanceof AppError) || !["not_found", "invalid_input"].includes(error.code)) throw error;
      });

    for (let round = 0; round < rounds; round++) {
      const at = (offset: number) => ids[(round * 20 + offset) % size] ?? "";
      const { id: importId } = await uploadFile(ctx, { fileName: "kliyan.csv" }, file(round));
      await updateImport(ctx, importId, { options: { segmentId: list.id } });
      await startImport(ctx, importId);
      const { id: caseId } = await makeDataRequest(tenantId, { kind: "erasure", contactId: at(0) });
      const link = { kind: "unsubscribe", tenantId, channel: "email", about: null, expiresAt: null } as const;
      const undoing = tagged.pop();
      const backwards = [...ids].reverse();
      const outcomes = await Promise.allSettled([
        change("tag", ids, { tag: `Round ${round}` }).then(({ id }) => tagged.push(id)),
        noted(change("segment_add", backwards, { segment_id: list.id })),
        noted(change("stage", ids, { stage: round % 2 ? "lead" : "customer" })),
        upsertContacts(ctx, { contacts: profiles(round % 2 ? "customer" : "lead").reverse() }),
        importPortion(ctx, importId),
        orGone(closeDataRequest(ctx, caseId, { state: "done", outcome: "Erased" })),
        orGone(erasePerson(ctx, at(5), {})),
        orGone(mergeContacts(ctx, at(1), { otherId: at(2) })).then((merge) =>
          merge ? orGone(unmergeContacts(ctx, (merge as { id: string }).id)) : null,
        ),
        orGone(mergeContacts(ctx, at(4), { otherId: at(3) })),
        ...[6, 7, 8].map((offset) => orGone(updateContact(ctx, at(offset), { firstName: `Nadège ${round}` }))),
        ...[7, 9].map((offset) => unsubscribe(ctx, { ...link, contactId: at(offset) })),
        orGone(recordConsent(ctx, at(8), { channel: "email", purpose: "marketing", state: "granted" })),
        orGone(writeNote(ctx, at(9), { text: "Came by the stall." })),
        changeMembers(ctx, list.id, { add: [at(11), at(10)], remove: [at(13), at(12)] }),
        refreshNow(ctx, rules.id),
        ...(undoing ? [undoChange(ctx, undoing)] : []),
      ]);
      const failed = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
      expect(failed).toEqual([]);
      expect(await findImport(ctx, importId)).toMatchObject({ done: size });
    }

    for (const id of [...tagged, ...changes]) {
      const { state, done, changed, gone } = await findChange(ctx, id);
      expect({ state, done }).toEqual({ state: "done", done: size });
      expect(changed + gone).toBeLessThanOrEqual(size);
    }
    const [loose] = await ask<Record<string, number>>(sql`
        select (select size - (select count(*) from segment_members m where m.segment_id = s.id and m.left_at is null
            and exists (select from contacts c where c.id = m.contact_id)) from segments s where s.id = ${list.id})::int >= 0 as counted,
          (select count(*)::int from data_requests where contact_id is not null and state = 'done') as remembered,
          (select count(*)::int from contacts group by external_id having count(*) > 1 and external_id is not null) as doubled`);
    expect(loose).toEqual({ counted: true, remembered: 0, doubled: null });
    expect((await verifyAudit(ctx)).verdict).toBe("intact");
    // Nobody was ever stopped to let another pass, which is done again and would not be seen here.
    expect((await deadlocks()) - before).toBe(0);
  });
});
