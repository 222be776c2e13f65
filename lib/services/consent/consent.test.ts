import { beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { makeTopic } from "@/db/factories/consent";
import { loadConsentStates, loadLedger } from "@/db/queries/consent/ledger";
import { withTenant } from "@/db/tenant";
import { makeReachablePerson } from "@/e2e/reachable-person";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import type { Link } from "@/lib/domain/consent/link-token";
import type { ConsentSource } from "@/lib/domain/consent/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { shellCall } from "@/lib/ports";
import { updateContact } from "../contacts/update-contact";
import { type Context, transaction } from "../context";
import { consentBulkAct } from "./bulk-act";
import { confirmOptIn, findOptIn } from "./confirm-opt-in";
import { liftSuppression } from "./lift-suppression";
import { checkAddress, listSuppressions } from "./list-suppressions";
import { checkContact } from "./may-contact";
import { consentTables } from "./person-tables";
import { changePreferences, findPreferences, findWayOut, unsubscribe } from "./preferences";
import { recordConsent } from "./record-consent";
import { rebuildConsentStates, recordConsents } from "./record-consents";
import { suppress } from "./suppress";

let tenantId: TenantId;
let member: Context;
let key: Context;
let owner: Context;
beforeAll(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  const call = shellCall();
  const session = { email: "r@example.test", sessionId: uuidv7(), provenAt: new Date() };
  member = { ...call, tenantId, actor: { kind: "person", id: uuidv7(), name: "Rose", role: "marketer", ...session } };
  owner = { ...call, tenantId, actor: { kind: "person", id: uuidv7(), name: "Ann", role: "owner", ...session } };
  key = { ...call, tenantId, actor: { kind: "key", id: uuidv7(), name: "Shop", scopes: ["*"] } };
});

const wayOutOf = (contactId: string, overrides: Partial<Link> = {}): Link => ({
  ...{ kind: "unsubscribe", tenantId, contactId, channel: "email", about: null, expiresAt: null },
  ...overrides,
});
const person = (): Context => ({ ...shellCall(), tenantId, actor: { kind: "system", name: "The person" } });

async function may(
  contactId: string,
  channel: Channel = "email",
  purpose: "marketing" | "transactional" = "marketing",
) {
  const { items } = await checkContact(member, contactId, { channel, purpose });
  return items[0]?.because;
}
const say = (contactId: string, state: "granted" | "denied", source?: ConsentSource, channel: Channel = "email") =>
  transaction(member, (tx) => recordConsents(tx, [{ contactId, channel, purpose: "marketing", state, source }]));

describe("the ledger", () => {
  it("says no to nobody knows, yes to a yes, and no to a no", async () => {
    const { id } = await makeReachablePerson(tenantId);
    expect(await may(id)).toBe("no_consent");
    await recordConsent(member, id, { channel: "email", purpose: "marketing", state: "granted" });
    expect(await may(id)).toBe("allowed");
    await recordConsent(key, id, { channel: "email", purpose: "marketing", state: "denied" });
    expect(await may(id)).toBe("opted_out");
    expect(await may(id, "email", "transactional")).toBe("allowed");
    await expect(
      recordConsent(member, id, { channel: "email", purpose: "marketing", state: "granted" }),
    ).rejects.toThrow(/Only the person/);
  });

  it("refuses a program's word for SMS, and takes it for email under the key's name", async () => {
    const { id } = await makeReachablePerson(tenantId, { phone: "+50934123456" });
    await expect(recordConsent(key, id, { channel: "sms", purpose: "marketing", state: "granted" })).rejects.toThrow(
      /cannot vouch/,
    );
    const { items } = await recordConsent(key, id, { channel: "email", purpose: "marketing", state: "granted" });
    expect(items[0]).toMatchObject({ may: true, consent: { basis: "caller_asserted", source: "key" } });
  });

  it("wants to know when an implied consent ends", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const implied = { channel: "email", purpose: "marketing", state: "granted", basis: "implied" } as const;
    await expect(recordConsent(member, id, implied)).rejects.toMatchObject({
      details: { faults: [{ pointer: "/expires_at" }] },
    });
  });

  it("of an import and a way out that arrive together the way out wins, whichever commits first", async () => {
    for (let round = 0; round < 6; round++) {
      const { id } = await makeReachablePerson(tenantId);
      await Promise.all([say(id, "granted", "import"), unsubscribe(person(), wayOutOf(id)), say(id, "granted", "key")]);
      expect(await may(id)).toBe("opted_out");
      await say(id, "granted", "import");
      expect(await may(id)).toBe("opted_out");
    }
  });

  it("its quick answer is what the ledger says when it is made anew", async () => {
    const people = await Promise.all([1, 2, 3].map(() => makeReachablePerson(tenantId, { phone: "+50934123457" })));
    const ids = people.map((each) => each.id);
    for (let round = 0; round < 40; round++) {
      const contactId = ids[round % 3] as string;
      const source = (["person", "member", "import", "key"] as const)[(round * 7) % 4];
      const state = (["granted", "denied", "pending"] as const)[(round * 5) % 3] as "granted";
      const channel = (["email", "sms"] as const)[(round * 3) % 2] as Channel;
      await transaction(member, (tx) =>
        recordConsents(tx, [{ contactId, channel, purpose: "marketing", state, source, basis: "express" }]),
      );
    }
    const look = async () => {
      const rows = await withTenant(tenantId, "read only", (db) => loadConsentStates(db, tenantId, ids));
      return rows.map((row) => JSON.stringify(row)).sort();
    };
    const before = await look();
    expect(before.length).toBeGreaterThan(3);
    await transaction(member, (tx) => rebuildConsentStates(tx, ids));
    expect(await look()).toEqual(before);
  });

  it("takes five thousand lines in a few statements", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const lines = Array.from({ length: 5_000 }, (_, index) => ({
      ...{ contactId: id, channel: "email", purpose: "marketing" },
      ...{ state: "granted", source: "import" },
      // Each differs from the one before, so all of them are taken down.
      expiresAt: new Date(Date.UTC(2030, 0, 1) + index),
    })) as Parameters<typeof recordConsents>[1];
    const began = performance.now();
    const outcomes = await transaction(member, (tx) => recordConsents(tx, lines));
    expect(outcomes.filter((each) => each.kind === "recorded")).toHaveLength(5_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe("the suppression list", () => {
  it("is asked by address, knows it in any spelling, and never shows it", async () => {
    const email = `Josette-${uuidv7().slice(-8)}@Example.test`;
    await suppress(member, { address: email, channel: "*", reason: "manual", note: "Asked by phone" });
    const found = await checkAddress(member, { address: email.toUpperCase(), channel: "*" });
    expect(found.isSuppressed).toBe(true);
    const list = await listSuppressions(member, { limit: 10 });
    expect(JSON.stringify(list).toLowerCase()).not.toContain("josette");
    const { id } = await makeReachablePerson(tenantId, { email: email.toLowerCase() });
    await say(id, "granted");
    expect(await may(id)).toBe("suppressed");
    expect(await may(id, "email", "transactional")).toBe("suppressed");
  });

  it("stops a phone on SMS and WhatsApp alike, and a landline is no phone for messages", async () => {
    const { id } = await makeReachablePerson(tenantId, { phone: "+50934123499" });
    await say(id, "granted", "person", "sms");
    await say(id, "granted", "person", "whatsapp");
    expect(await may(id, "sms")).toBe("allowed");
    await suppress(member, { contactId: id, channel: "*", reason: "complaint" });
    expect([await may(id, "sms"), await may(id, "whatsapp"), await may(id, "email")]).toEqual([
      ...["suppressed", "suppressed", "suppressed"],
    ]);
    const landline = await makeReachablePerson(tenantId, { phone: "+442079460018" });
    expect(await may(landline.id, "sms")).toBe("bad_address");
  });

  it("is added to once, and lifted only by whom the reason allows", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const first = await suppress(member, { contactId: id, channel: "email", reason: "hard_bounce" });
    const again = await suppress(member, { contactId: id, channel: "email", reason: "hard_bounce" });
    expect([first.added, again.added]).toEqual([1, 0]);
    const bounce = first.items[0]?.id as string;
    await expect(liftSuppression(member, bounce, "It works again")).rejects.toThrow(/does not allow/);
    expect(await liftSuppression(owner, bounce, "It works again")).toMatchObject({ liftedBy: "Ann" });
    await expect(liftSuppression(owner, bounce, "Again")).rejects.toThrow(/already/);
    const { items } = await suppress(member, { contactId: id, channel: "email", reason: "opt_out" });
    await expect(liftSuppression(owner, items[0]?.id as string, "Please")).rejects.toThrow(/sign up again/);
  });

  it("is not written with another pepper than the one it began with", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const other = { ...member.ports, hashes: { ...member.ports.hashes, fingerprint: () => uuidv7() } };
    await expect(
      suppress({ ...member, ports: other }, { contactId: id, channel: "email", reason: "manual" }),
    ).rejects.toThrow(/SUPPRESSION_PEPPER/);
  });

  it.each([
    ["/address", { channel: "*", reason: "manual" }],
    ["/address", { address: "not an address@", channel: "email", reason: "manual" }],
    ["/address", { address: "34", channel: "sms", reason: "manual" }],
    ["/topic_id", { address: "a@example.test", channel: "*", reason: "manual", scope: "topic" }],
    ["/sender", { address: "a@example.test", channel: "*", reason: "manual", scope: "sender" }],
  ] as const)("names the field at fault: %s", async (pointer, request) => {
    await expect(suppress(member, request)).rejects.toMatchObject({ details: { faults: [{ pointer }] } });
  });
});

describe("the way out", () => {
  it("stops marketing at once and for good, by one click or two, and lets receipts through", async () => {
    const { id } = await makeReachablePerson(tenantId);
    await say(id, "granted");
    const link = wayOutOf(id);
    expect(await findWayOut(person(), link)).toMatchObject({ isDone: false });
    expect(await may(id)).toBe("allowed");
    await unsubscribe(person(), link);
    await unsubscribe(person(), link);
    expect(await findWayOut(person(), link)).toMatchObject({ isDone: true });
    expect([await may(id), await may(id, "email", "transactional")]).toEqual(["opted_out", "allowed"]);
    expect((await listSuppressions(member, { contact: id, limit: 10 })).items).toHaveLength(1);
  });

  it("holds for the address where the contact is deleted and imported again", async () => {
    const email = `again-${uuidv7().slice(-8)}@example.test`;
    const first = await makeReachablePerson(tenantId, { email });
    await unsubscribe(person(), wayOutOf(first.id));
    const second = await makeReachablePerson(tenantId, { email });
    const [outcome] = await say(second.id, "granted", "import");
    expect(outcome).toMatchObject({ kind: "refused", because: "suppressed" });
    expect(await may(second.id)).toBe("suppressed");
    await say(second.id, "granted", "person");
    expect(await may(second.id)).toBe("allowed");
  });

  it("of one topic leaves the others", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const topic = await makeTopic(tenantId);
    await say(id, "granted");
    await unsubscribe(person(), wayOutOf(id, { about: topic.id }));
    expect(await may(id)).toBe("allowed");
    const { items } = await checkContact(member, id, { channel: "email", purpose: "marketing", topic: topic.id });
    expect(items[0]?.because).toBe("topic_off");
  });

  it("holds for everybody who is reached at the address, whoever took it down and of whichever topic", async () => {
    const email = `shared-${uuidv7().slice(-8)}@example.test`;
    const [first, second] = [
      await makeReachablePerson(tenantId, { email }),
      await makeReachablePerson(tenantId, { email }),
    ];
    await say(second.id, "granted", "person");
    const topic = await makeTopic(tenantId);
    const mayOfTopic = async (id: string) => {
      const { items } = await checkContact(member, id, { channel: "email", purpose: "marketing", topic: topic.id });
      return items[0]?.because;
    };
    const word = { contactId: first.id, channel: "email", purpose: "marketing", state: "denied" } as const;
    await transaction(member, (tx) => recordConsents(tx, [{ ...word, topicId: topic.id, source: "member" }]));
    expect([await mayOfTopic(second.id), await may(second.id)]).toEqual(["suppressed", "allowed"]);
    for (const source of ["import", "key", "member"] as const) {
      await say(first.id, "denied", source);
      expect([await may(second.id), await may(second.id, "email", "transactional")]).toEqual(["suppressed", "allowed"]);
      await say(second.id, "granted", "person");
      expect(await may(second.id)).toBe("allowed");
      await say(first.id, "granted", "person");
    }
  });

  it("of somebody who is not here any more says so", async () => {
    expect(await unsubscribe(person(), wayOutOf(uuidv7()))).toEqual({ kind: "gone" });
  });
});

describe("the preference centre", () => {
  it("turns channels and topics off and on again, each with its way back", async () => {
    const { id } = await makeReachablePerson(tenantId, { phone: "+50934123411" });
    const link = wayOutOf(id, { kind: "preferences" });
    const topic = await makeTopic(tenantId);
    await changePreferences(person(), link, { kind: "channels", channels: ["email", "sms"], isOn: true });
    expect([await may(id), await may(id, "sms"), await may(id, "whatsapp")]).toEqual([
      "allowed",
      "allowed",
      "no_consent",
    ]);
    const changed = await changePreferences(person(), link, { kind: "nothing" });
    expect([await may(id), await may(id, "sms", "transactional")]).toEqual(["suppressed", "suppressed"]);
    if (!changed?.undo) throw new Error("There is no way back.");
    await changePreferences(person(), link, changed.undo);
    expect([await may(id), await may(id, "sms"), await may(id, "whatsapp", "transactional")]).toEqual([
      ...["allowed", "allowed", "suppressed"],
    ]);
    await changePreferences(person(), link, { kind: "topic", topicId: topic.id, isOn: false });
    const topicOf = async () => (await findPreferences(person(), link))?.topics.find((each) => each.id === topic.id);
    expect(await topicOf()).toMatchObject({ isOn: false });
  });

  it("knows no topic that is not public (B26)", async () => {
    const { id } = await makeReachablePerson(tenantId);
    const hidden = await makeTopic(tenantId, { isPublic: false });
    const link = wayOutOf(id, { kind: "preferences" });
    for (const isOn of [true, false])
      await expect(
        changePreferences(person(), link, { kind: "topic", topicId: hidden.id, isOn }),
      ).rejects.toMatchObject({
        code: "not_found",
      });
    expect(JSON.stringify(await findPreferences(person(), link))).not.toContain(hidden.id);
  });
});

describe("double opt-in", () => {
  it("asks by letter, and only the person's click is a yes; an old letter undoes no newer no", async () => {
    const { id, email } = await makeReachablePerson(tenantId);
    const sent: { to: string; text: string }[] = [];
    const mailer = {
      kind: "box" as const,
      send: async (mail: { to: string; text: string }) => {
        sent.push(mail);
        return { kind: "accepted" as const, id: "1" };
      },
    };
    const ctx = { ...member, ports: { ...member.ports, mailer } };
    await recordConsent(ctx, id, { channel: "email", purpose: "marketing", state: "pending" });
    expect(await may(id)).toBe("not_confirmed");
    expect(sent[0]?.to).toBe(email);
    const token = /\/confirm\/([A-Za-z0-9_-]+)/.exec(sent[0]?.text ?? "")?.[1] ?? "";
    const link = member.ports.links.open(token);
    if (!link) throw new Error("The letter carries no link of ours.");
    expect(await findOptIn(person(), link)).toMatchObject({ kind: "open" });
    // Asked again at once it stays one letter; later it is another one, because the first may be lost.
    await recordConsent(ctx, id, { channel: "email", purpose: "marketing", state: "pending" });
    expect(sent).toHaveLength(1);
    const later = { ...ctx, now: () => new Date(Date.now() + 11 * 60_000) };
    await recordConsent(later, id, { channel: "email", purpose: "marketing", state: "pending" });
    expect(sent).toHaveLength(2);
    const late = { ...person(), now: () => new Date(Date.now() + 8 * 86_400_000) };
    expect(await confirmOptIn(late, link)).toMatchObject({ kind: "too_old" });
    expect(await may(id)).toBe("not_confirmed");
    expect(await confirmOptIn(person(), link)).toMatchObject({ kind: "confirmed" });
    expect(await confirmOptIn(person(), link)).toMatchObject({ kind: "confirmed" });
    expect(await may(id)).toBe("allowed");
    await unsubscribe(person(), wayOutOf(id));
    expect(await confirmOptIn(person(), link)).toEqual({ kind: "gone" });
    expect(await may(id)).toBe("opted_out");
  });

  it("is a yes of the address that the letter went to, and of no other that the contact has by then", async () => {
    const { id, email } = await makeReachablePerson(tenantId);
    const address = member.ports.hashes.hash(tenantId, "email", email ?? "");
    await recordConsent(member, id, { channel: "email", purpose: "marketing", state: "pending" });
    const states = await withTenant(tenantId, "read only", (db) => loadConsentStates(db, tenantId, [id]));
    const about = states[0]?.lineId ?? null;
    const link = {
      kind: "confirm",
      tenantId,
      contactId: id,
      channel: "email",
      about,
      address,
      expiresAt: null,
    } as const;
    expect(await findOptIn(person(), link)).toMatchObject({ kind: "open" });
    await updateContact(member, id, { email: `other-${email}` });
    expect(await confirmOptIn(person(), link)).toEqual({ kind: "gone" });
    expect(await may(id)).toBe("not_confirmed");
  });
});

describe("two contacts become one and part again", () => {
  it("keeps the no of either, and the way back changes nothing", async () => {
    const winner = await makeReachablePerson(tenantId);
    const loser = await makeReachablePerson(tenantId);
    await say(loser.id, "denied", "person");
    await say(winner.id, "granted", "import");
    const entry = consentTables.find((each) => each.table === "consents")?.merge;
    if (!entry || !("join" in entry)) throw new Error("The ledger has no merging.");
    const pair = { winnerId: winner.id, loserId: loser.id };
    const look = () =>
      withTenant(tenantId, "read only", (db) => loadConsentStates(db, tenantId, [winner.id, loser.id]));
    const before = (await look()).map((row) => JSON.stringify(row)).sort();
    const memory = await transaction(member, (tx) => entry.join(tx, pair));
    expect(await may(winner.id)).toBe("opted_out");
    await transaction(member, (tx) => entry.part(tx, pair, JSON.parse(JSON.stringify(memory))));
    expect(await may(winner.id)).toBe("allowed");
    expect((await look()).map((row) => JSON.stringify(row)).sort()).toEqual(before);
  });
});

describe("noting it for many", () => {
  it("passes over who said no themselves, and takes back its own notes only", async () => {
    const [quiet, against, later] = await Promise.all([1, 2, 3].map(() => makeReachablePerson(tenantId)));
    if (!quiet || !against || !later) throw new Error("Three people are needed.");
    await say(against.id, "denied", "person");
    const ids = [quiet.id, against.id, later.id];
    const asked = { channel: "email", state: "granted", source: "Fair of May" };
    const detail = await transaction(member, (tx) => consentBulkAct.check(tx, asked));
    const rows = await transaction(member, (tx) => consentBulkAct.apply(tx, ids, detail, uuidv7()));
    expect(rows.map((row) => row.contactId).sort()).toEqual([quiet.id, later.id].sort());
    await say(later.id, "granted", "person");
    expect(await transaction(member, (tx) => consentBulkAct.undo(tx, rows, detail, uuidv7()))).toBe(1);
    expect([await may(quiet.id), await may(against.id), await may(later.id)]).toEqual([
      ...["consent_expired", "opted_out", "allowed"],
    ]);
  });

  it("says who said it, though a job writes it down, and a program vouches for nobody on SMS", async () => {
    const { id } = await makeReachablePerson(tenantId, { phone: "+50934123456" });
    const job = { ...member, actor: { kind: "job", name: "change-many-contacts" } } as Context;
    const bulk = async (by: Context, channel: "email" | "sms") => {
      const detail = await transaction(by, (tx) => consentBulkAct.check(tx, { channel, state: "granted" }));
      await transaction(job, (tx) => consentBulkAct.apply(tx, [id], detail, uuidv7()));
      const ledger = await withTenant(tenantId, "read only", (db) => loadLedger(db, tenantId, [id]));
      return ledger.filter((line) => line.channel === channel).at(-1);
    };
    await expect(bulk(key, "sms")).rejects.toThrow(/cannot vouch/);
    expect(await bulk(key, "email")).toMatchObject({
      source: "key",
      basis: "caller_asserted",
      actorName: key.actor.name,
    });
    expect(await bulk(member, "sms")).toMatchObject({
      source: "member",
      basis: "express",
      actorName: member.actor.name,
    });
    const express = { channel: "sms", purpose: "marketing", state: "granted", basis: "express" } as const;
    const other = await makeReachablePerson(tenantId, { phone: "+50934123457" });
    await expect(recordConsent(key, other.id, express)).rejects.toThrow(/cannot vouch/);
  });

  it("takes a mistaken no back, and leaves what a colleague noted for another contact of the same address", async () => {
    const email = `twice-${uuidv7().slice(-8)}@example.test`;
    const [first, second] = [
      await makeReachablePerson(tenantId, { email }),
      await makeReachablePerson(tenantId, { email }),
    ];
    for (const { id } of [first, second]) await say(id, "granted", "member");
    const detail = await transaction(member, (tx) => consentBulkAct.check(tx, { channel: "email", state: "denied" }));
    const rows = await transaction(member, (tx) => consentBulkAct.apply(tx, [first.id], detail, uuidv7()));
    await say(second.id, "denied", "member");
    await transaction(member, (tx) => consentBulkAct.undo(tx, rows, detail, uuidv7()));
    expect([await may(first.id), await may(second.id)]).toEqual(["suppressed", "opted_out"]);
  });

  it("takes a no back for the address too, unless the person has said it themselves since", async () => {
    const email = `many-${uuidv7().slice(-8)}@example.test`;
    const [first, second] = [
      await makeReachablePerson(tenantId, { email }),
      await makeReachablePerson(tenantId, { email }),
    ];
    const other = await makeReachablePerson(tenantId);
    for (const { id } of [first, second, other]) await say(id, "granted", "member");
    const ids = [first.id, second.id, other.id];
    const detail = await transaction(member, (tx) => consentBulkAct.check(tx, { channel: "email", state: "denied" }));
    const change = () => transaction(member, (tx) => consentBulkAct.apply(tx, ids, detail, uuidv7()));
    const undo = (rows: Awaited<ReturnType<typeof change>>) =>
      transaction(member, (tx) => consentBulkAct.undo(tx, rows, detail, uuidv7()));
    expect(await undo(await change())).toBe(3);
    expect([await may(first.id), await may(second.id), await may(other.id)]).toEqual(Array(3).fill("allowed"));

    const rows = await change();
    await unsubscribe(person(), wayOutOf(first.id));
    expect(await undo(rows)).toBe(1);
    expect([await may(first.id), await may(second.id), await may(other.id)]).toEqual([
      ...["opted_out", "opted_out", "allowed"],
    ]);
  });
});
