import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { makeSegment } from "@/db/factories/segments";
import { findSegment } from "@/db/queries/segments/segments";
import { findStaleSegments } from "@/db/queries/segments/stale-segments";
import { asWorker } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { segmentRefreshDue } from "@/lib/domain/segments/events";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { deleteContact } from "@/lib/services/contacts/delete-contact";
import { transaction } from "@/lib/services/context";
import { changeMembers, recountLists } from "@/lib/services/segments/change-members";
import { refreshNow, refreshPortion, settleRefresh } from "@/lib/services/segments/refresh-segment";
import { door, inngest, subjectOf } from "../client";
import { jobContext } from "../context";
import { type Engine, startEngine } from "../embedded/engine";
import { refreshSegment } from "./refresh-segment";
import { refreshSegments } from "./refresh-segments";

let engine: Engine;
beforeAll(async () => {
  if (!door) throw new Error("These tests are for the embedded engine.");
  engine = await startEngine({
    client: inngest,
    door,
    functions: [refreshSegment, refreshSegments],
    subjectOf,
    pollMs: 500,
  });
});
afterAll(() => engine.stop());

const scored = (over: number) => ({ field: "score", operator: "over", value: over });
const ctxOf = (tenantId: TenantId, now?: Date) => ({
  ...jobContext({ tenantId }, "refresh-segment", "run_test"),
  ...(now ? { now: () => now } : {}),
});

async function makeScores(tenantId: TenantId, scores: number[]): Promise<string[]> {
  return withTenant(tenantId, "read write", async (db) => {
    const ids = scores.map(() => uuidv7());
    for (const [at, id] of ids.entries())
      await db.execute(sql`insert into contacts (tenant_uuid, id, score) values (${tenantId}, ${id}, ${scores[at]})`);
    return ids;
  });
}
const membersOf = (tenantId: TenantId, segmentId: string) =>
  withTenant(tenantId, "read only", async (db) => {
    const rows = await db.execute<{ id: string }>(
      sql`select contact_id as id from segment_members where tenant_uuid = ${tenantId} and segment_id = ${segmentId} and left_at is null`,
    );
    return rows.map(({ id }) => id).sort();
  });
const sizeOf = (tenantId: TenantId, id: string) =>
  withTenant(tenantId, "read only", async (db) => {
    const row = await findSegment(db, tenantId, id);
    return row?.refreshedAt ? row.size : null;
  });

describe("the size of a list", () => {
  it("moves by who comes and goes, and is counted again where people were deleted", async () => {
    const { tenantId } = await makeWorkspace();
    const ids = await makeScores(tenantId, [1, 2, 3]);
    const { id } = await makeSegment(tenantId, { kind: "list" });
    const ctx = ctxOf(tenantId);
    expect(await changeMembers(ctx, id, { add: ids, remove: [] })).toMatchObject({ added: 3, size: 3 });
    expect(await changeMembers(ctx, id, { add: ids, remove: ids.slice(0, 1) })).toMatchObject({ removed: 1, size: 2 });
    await deleteContact(ctx, ids[1] ?? "");
    expect(await sizeOf(tenantId, id)).toBe(2);
    expect(await recountLists(ctx)).toBe(1);
    expect(await sizeOf(tenantId, id)).toBe(1);
    expect(await recountLists(ctx)).toBe(0);
    expect(await membersOf(tenantId, id)).toEqual([ids[2]]);
  });
});

describe("the members of a segment of rules", () => {
  it("are found by a run of the engine once somebody said that they are due", async () => {
    const { tenantId } = await makeWorkspace();
    const [warm] = await makeScores(tenantId, [90, 10]);
    const { id } = await makeSegment(tenantId, { rules: scored(60) });
    await transaction(ctxOf(tenantId), (tx) => tx.publish(segmentRefreshDue, { segmentId: id }));
    await expect.poll(() => sizeOf(tenantId, id), { timeout: 12_000, interval: 100 }).toBe(1);
    expect(await membersOf(tenantId, id)).toEqual([warm]);
  });

  it("are the same after a portion that ran twice, as after a crash", async () => {
    const { tenantId } = await makeWorkspace();
    await makeScores(tenantId, [90, 95, 10]);
    const { id } = await makeSegment(tenantId, { rules: scored(60) });
    const ctx = ctxOf(tenantId);
    expect(await refreshPortion(ctx, id, { after: null })).toMatchObject({ entered: 2, left: 0, upTo: null });
    expect(await refreshPortion(ctx, id, { after: null })).toMatchObject({ entered: 0, left: 0 });
    expect(await settleRefresh(ctx, id, { entered: 2, left: 0 })).toEqual({ size: 2 });
  });

  it("may be found by two at once without a double", async () => {
    const { tenantId } = await makeWorkspace();
    await makeScores(
      tenantId,
      Array.from({ length: 50 }, (_, at) => at * 2),
    );
    const { id } = await makeSegment(tenantId, { rules: scored(60) });
    await Promise.all([refreshNow(ctxOf(tenantId), id), refreshNow(ctxOf(tenantId), id)]);
    expect(await membersOf(tenantId, id)).toHaveLength(19);
  });

  it("are left alone once the segment is archived, or asks about what is not there any more", async () => {
    const { tenantId } = await makeWorkspace();
    const { id } = await makeSegment(tenantId, { rules: { field: "attribute:gone", operator: "is", value: "x" } });
    expect(await refreshPortion(ctxOf(tenantId), id, { after: null })).toEqual({
      kind: "over",
      because: "rules_unreadable",
    });
    expect(await refreshPortion(ctxOf(tenantId), uuidv7(), { after: null })).toMatchObject({ kind: "over" });
  });

  it("stay another workspace's own", async () => {
    const [one, other] = [await makeWorkspace(), await makeWorkspace()];
    await makeScores(other.tenantId, [99]);
    const { id } = await makeSegment(one.tenantId, { rules: scored(1) });
    expect(await refreshNow(ctxOf(one.tenantId), id)).toEqual({ size: 0 });
  });
});

it("the sweep finds workspaces with a segment that nobody refreshed for an hour", async () => {
  const { tenantId } = await makeWorkspace();
  const now = new Date();
  const { id } = await makeSegment(tenantId, { rules: scored(1) });
  const stale = async (at: Date) => (await asWorker((db) => findStaleSegments(db, at, 10_000))).includes(tenantId);
  expect(await stale(now)).toBe(true);
  await refreshNow(ctxOf(tenantId, now), id);
  expect(await stale(now)).toBe(false);
  expect(await stale(new Date(now.getTime() + 61 * 60_000))).toBe(true);
});
