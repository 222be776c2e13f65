import { findWorkspaceByHandle } from "@/db/queries/access/workspaces";
import { asGate } from "@/db/system";
import { demoHandle } from "@/lib/domain/access/demo";
import { noTopic } from "@/lib/domain/consent/vocabulary";
import type { EngagementFact } from "@/lib/domain/contacts/engagement";
import { judgeProfile } from "@/lib/domain/contacts/profile";
import { provenTenant } from "@/lib/kernel/tenant";
import { dayMs, hourMs } from "@/lib/kernel/time";
import { shellCall } from "@/lib/ports";
import { type ConsentInput, recordConsents } from "@/lib/services/consent/record-consents";
import { addSuppressions } from "@/lib/services/consent/suppress";
import { createTopic } from "@/lib/services/consent/topics";
import { writeNote } from "@/lib/services/contacts/notes";
import { loadProfileFacts } from "@/lib/services/contacts/profile-facts";
import { recordEngagement } from "@/lib/services/contacts/record-engagement";
import { createTask } from "@/lib/services/contacts/tasks";
import { writeContacts } from "@/lib/services/contacts/write-contacts";
import { type Context, transaction } from "@/lib/services/context";
import { declareAttributes } from "@/lib/services/imports/declare-attributes";
import { openDataRequest } from "@/lib/services/privacy/data-requests";
import { addMembers } from "@/lib/services/segments/change-members";
import { createSegment } from "@/lib/services/segments/create-segment";
import { type CastMember, demoCast, randomFrom } from "./demo-cast";

type Known = CastMember & { id: string };

/**
 * Fills the demo with people, through the verbs that everybody uses: what they would refuse cannot be in the demo either.
 * Three hundred people in a handful of transactions, so that a first start stays short.
 */
export async function makeDemoContacts(now = new Date()): Promise<number> {
  const workspace = await asGate((db) => findWorkspaceByHandle(db, demoHandle));
  if (!workspace) return 0;
  const ctx: Context = {
    ...shellCall(),
    now: () => now,
    tenantId: provenTenant(workspace.tenantId),
    actor: { kind: "system", name: "Demo" },
  };
  const people = await writePeople(ctx, demoCast(), now);
  await transaction(ctx, (tx) =>
    recordConsents(
      tx,
      people.flatMap((person) => consentsOf(person, now)),
    ),
  );
  await transaction(ctx, (tx) =>
    recordEngagement(
      tx,
      people.flatMap((person) => engagementOf(person, now)),
    ),
  );
  await stopSome(ctx, people);
  await makeRest(ctx, people, now);
  return people.length;
}

/** Month by month, oldest first, so that the list's "newest" tells the truth. */
async function writePeople(ctx: Context, cast: CastMember[], now: Date): Promise<Known[]> {
  const byMonth = new Map<number, CastMember[]>();
  for (const person of cast) {
    const month = Math.floor(person.daysKnown / 60);
    byMonth.set(month, [...(byMonth.get(month) ?? []), person]);
  }
  return transaction(ctx, async (tx) => {
    await declareAttributes(tx, [
      { key: "city", label: "City", type: "text" },
      { key: "favourite_product", label: "Favourite product", type: "text" },
      { key: "birthday", label: "Birthday", type: "date" },
      { key: "orders", label: "Orders", type: "number" },
    ]);
    const facts = await loadProfileFacts(tx);
    const known: Known[] = [];
    for (const [month, members] of [...byMonth].sort(([a], [b]) => b - a)) {
      const rows = members.map((person) => ({ profile: profileOf(person, facts) }));
      const at = new Date(now.getTime() - (month * 60 + 3) * dayMs);
      const outcomes = await writeContacts(tx, rows, { policy: "create", match: [], at });
      for (const { index, id, faults } of outcomes) {
        const person = members[index];
        if (!person || !id) throw new Error(`A person of the demo was refused: ${JSON.stringify(faults)}`);
        known.push({ ...person, id });
      }
    }
    return known;
  });
}

function profileOf(person: CastMember, facts: Parameters<typeof judgeProfile>[1]) {
  const { externalId, firstName, lastName, email, phone, locale, company, stage, tags, preferred } = person;
  const judged = judgeProfile(
    {
      ...{
        externalId,
        firstName,
        lastName,
        name: `${firstName} ${lastName}`,
        email,
        phone,
        locale,
        company,
        stage,
        tags,
      },
      preferredChannel: preferred,
      attributes: {
        city: person.city,
        favourite_product: person.product,
        orders: person.orders,
        ...(person.birthday ? { birthday: person.birthday } : {}),
      },
      identities: preferred === "whatsapp" && phone ? [{ channel: "whatsapp" as const, externalId: phone }] : [],
    },
    facts,
  );
  if (judged.kind === "ok") return judged.profile;
  throw new Error(`A person of the demo is not well made: ${JSON.stringify(judged.faults)}`);
}

function consentsOf(person: Known, now: Date): ConsentInput[] {
  if (person.consent === "unknown") return [];
  const state = { yes: "granted", asked: "pending", no: "denied" } as const;
  const channels = (["email", "sms", "whatsapp"] as const).filter((channel) =>
    channel === "email" ? person.email : channel === "sms" ? person.phone : person.preferred === "whatsapp",
  );
  return channels.map((channel, index) => ({
    contactId: person.id,
    channel,
    purpose: "marketing",
    topicId: noTopic,
    // Whoever agreed to letters has not always agreed to text messages.
    state: channel === "sms" && person.daysKnown % 3 === 0 ? "denied" : state[person.consent as keyof typeof state],
    source: "person",
    sourceDetail: person.daysKnown % 2 === 0 ? "checkout" : "market stall, signed list",
    textVersion: "2026-01",
    at: new Date(now.getTime() - person.daysKnown * dayMs + index * hourMs),
  }));
}

function engagementOf(person: Known, now: Date): EngagementFact[] {
  const random = randomFrom(Number(person.externalId.replace(/\D/g, "")));
  const facts: EngagementFact[] = [];
  const channels = person.preferred === "whatsapp" ? (["email", "whatsapp"] as const) : (["email"] as const);
  for (const channel of channels) {
    if (channel === "email" && !person.email) continue;
    const sent = Math.min(24, Math.floor(person.daysKnown / 14));
    const say = (kind: EngagementFact["kind"], count: number, daysAgo: number) => {
      if (count === 0) return;
      const at = new Date(
        now.getTime() - Math.min(daysAgo, person.daysKnown) * dayMs - Math.floor(random() * 10) * hourMs,
      );
      facts.push({ contactId: person.id, channel, kind, count, at });
    };
    const opened = Math.round(sent * person.warmth);
    const age = Math.round((1 - person.warmth) * 90 * random());
    say("sent", sent, 2);
    say("delivered", person.bounced ? 0 : sent, 2);
    say("opened", person.bounced ? 0 : opened, age);
    say("clicked", person.bounced ? 0 : Math.round(opened * 0.4), age + 1);
    say("replied", random() < person.warmth * 0.3 ? 1 : 0, age + 2);
    if (channel === channels[0]) say("converted", person.orders, age + 6);
  }
  return facts;
}

/** A few who must not be written to: a bounce, a complaint, an unsubscribe, each as it would have come about. */
async function stopSome(ctx: Context, people: Known[]): Promise<void> {
  const hash = (email: string) => ctx.ports.hashes.hash(ctx.tenantId, "email", email);
  await transaction(ctx, async (tx) => {
    for (const [index, person] of people
      .filter((each) => each.email && (each.bounced || each.consent === "no"))
      .entries()) {
      const reason = person.bounced ? "hard_bounce" : index % 9 === 0 ? "complaint" : "opt_out";
      await addSuppressions(tx, [hash(person.email ?? "")], {
        ...{ channel: "email", reason, scope: "workspace", contactId: person.id },
        source: reason === "opt_out" ? "person" : "system",
      });
    }
  });
}

async function makeRest(ctx: Context, people: Known[], now: Date): Promise<void> {
  const find = (lastName: string) => people.find((person) => person.lastName === lastName);
  const inDays = (days: number) => new Date(now.getTime() + days * dayMs);
  for (const [name, description] of [
    ["New on the loom", "First pictures of what the workshop has made"],
    ["Market days", "Where we stand with our table, and when"],
    ["Orders from hotels and shops", null],
  ] as const)
    await createTopic(ctx, { name, description, isPublic: description !== null });

  await createSegment(ctx, {
    name: "Warm, and not yet customers",
    kind: "rules",
    rules: {
      all: [
        { field: "stage", operator: "is_none_of", value: ["customer", "lost"] },
        { field: "opened:email", operator: "in_last_days", value: 30 },
      ],
    },
  });
  await createSegment(ctx, {
    name: "Bought before, silent now",
    kind: "rules",
    rules: {
      all: [
        { field: "customer_type", operator: "is_any_of", value: ["existing"] },
        { field: "opened:email", operator: "not_in_last_days", value: 60 },
      ],
    },
  });
  const list = await createSegment(ctx, { name: "Hotels and shops", kind: "list" });
  await transaction(ctx, (tx) =>
    addMembers(
      tx,
      list.id,
      people.filter((person) => person.company).map((person) => person.id),
    ),
  );

  const josette = find("Alcindor");
  const hotel = find("Villard");
  if (josette)
    await writeNote({ ...ctx, actor: { kind: "system", name: "Kervens Augustin" } }, josette.id, {
      text: "We have two of the 180 × 280 in indigo at the Brooklyn stock. One can leave today.",
    });
  await createTask(ctx, {
    title: "Call about the burn mark on the tablecloth",
    contactId: josette?.id,
    dueAt: inDays(-0.2),
  });
  await createTask(ctx, { title: "Send the price list for 24 napkins", contactId: hotel?.id, dueAt: inDays(2) });
  await createTask(ctx, { title: "Ask the market list of 2025 for consent again", dueAt: inDays(9) });
  const gone = find("Desravines");
  if (gone)
    await openDataRequest(ctx, { kind: "access", contactId: gone.id, note: "By letter.", receivedAt: inDays(-19) });
}
