import { describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { makeNote, makePlainContact, makeTask } from "@/db/factories/contact-work";
import { makeSegment } from "@/db/factories/segments";
import { jobContext } from "@/inngest/context";
import { uuidv7 } from "@/lib/kernel/ids";
import { recordConsents } from "../consent/record-consents";
import { type Context, transaction } from "../context";
import { listSegments } from "../segments/list-segments";
import { findActivity } from "./find-activity";
import { listTimeline } from "./list-timeline";
import { mergeContacts } from "./merge-contacts";
import { recordEngagement } from "./record-engagement";

async function makePerson() {
  const { tenantId } = await makeWorkspace();
  const ctx = jobContext({ tenantId }, "test", "run_test");
  const { id } = await makePlainContact(tenantId, { email: "josette@example.test" });
  for (const text of ["One.", "Two.", "Three."]) await makeNote(tenantId, { contactId: id, text });
  await makeTask(tenantId, { contactId: id });
  await transaction(ctx, async (tx) => {
    await recordConsents(tx, [{ contactId: id, channel: "email", purpose: "marketing", state: "granted" }]);
    await recordEngagement(tx, [{ contactId: id, channel: "email", kind: "opened", at: tx.now(), count: 3 }]);
  });
  return { ctx, tenantId, id };
}

/** The same person as one who may only read contacts sees them. */
const readerOf = (ctx: Context): Context => ({
  ...ctx,
  actor: { kind: "key", id: uuidv7(), name: "Reader", scopes: ["contacts:read"] } as unknown as Context["actor"],
});

describe("the activity of a contact", () => {
  it("counts what the time line lists, kind by kind, and adds what is known without a line", async () => {
    const { ctx, id } = await makePerson();
    const { kinds, moments } = await findActivity(ctx, id);
    const { items } = await listTimeline(ctx, id, { limit: 100 });
    for (const { kind, count } of kinds)
      expect([kind, count]).toEqual([kind, items.filter((item) => item.kind === kind).length]);
    expect(kinds).toContainEqual({ kind: "note", count: 3, isMore: false });
    expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
    expect(moments).toContainEqual(
      expect.objectContaining({ kind: "opened", channel: "email", says: "Opened, the last of 3" }),
    );
  });

  it("does not tell of consent who may not read it", async () => {
    const { ctx, id } = await makePerson();
    const { kinds } = await findActivity(readerOf(ctx), id);
    expect(kinds.map(({ kind }) => kind)).toContain("note");
    expect(kinds.map(({ kind }) => kind)).not.toContain("consent");
  });
});

it("lists the segments in which a contact stands, by the id it was merged into as well", async () => {
  const { ctx, tenantId, id } = await makePerson();
  const other = await makePlainContact(tenantId);
  const segment = await makeSegment(tenantId, { memberIds: [id] });
  await makeSegment(tenantId, { memberIds: [other.id] });
  const namesOf = async (contact: string) =>
    (await listSegments(ctx, { contact, limit: 20 })).items.map((each) => each.id);
  expect(await namesOf(id)).toEqual([segment.id]);
  await mergeContacts(ctx, other.id, { otherId: id });
  expect(await namesOf(id)).toContain(segment.id);
  expect(await namesOf(uuidv7())).toEqual([]);
});
