import { findWorkspace } from "@/db/queries/access/workspaces";
import { loadReachable, resolveContact } from "@/db/queries/consent/load-reachable";
import { loadActiveSuppressions } from "@/db/queries/consent/suppressions";
import { findTopic, listTopics } from "@/db/queries/consent/topics";
import { findPhotograph } from "@/db/queries/contacts/person-history";
import { type Channel, channels } from "@/lib/domain/channels/vocabulary";
import type { Link } from "@/lib/domain/consent/link-token";
import { mayContact } from "@/lib/domain/consent/may-contact";
import { maskAddress, type PreferenceChange, type Preferences, undoOf } from "@/lib/domain/consent/preferences";
import { allMarketing, noTopic } from "@/lib/domain/consent/vocabulary";
import { notFound } from "@/lib/kernel/errors";
import { tellContactsChanged } from "../contacts/tell-contacts-changed";
import { type Context, read, type Tx, transaction } from "../context";
import { holdPerson } from "./hold-person";
import { addressesOf, hashesOf, type Reachable, toStop } from "./reachable";
import { type ConsentInput, recordConsents } from "./record-consents";
import { addSuppressions } from "./suppress";
import { mostTopics } from "./topics";

/**
 * The person's own page. Its verbs ask for no scope: the signed link is the proof, and it reaches this one person only.
 * Null where the person is not here any more, so there is nothing left to change.
 */
export async function findPreferences(ctx: Context, link: Link): Promise<Preferences | null> {
  return read(ctx, (tx) => loadPreferences(tx, link));
}

async function loadPreferences(tx: Tx, link: Link): Promise<Preferences | null> {
  const id = await resolveContact(tx.db, tx.tenantId, link.contactId);
  const workspace = await findWorkspace(tx.db, tx.tenantId);
  if (!id || !workspace) return null;
  const facts = await loadReachable(tx.db, tx.tenantId, [id]);
  const person = facts.people[0];
  if (!person) return null;
  const own: Reachable = { ...person, accounts: facts.accounts };
  const addresses = addressesOf(tx, own);
  const contact = { isErased: false, addresses, suppressions: facts.stops.map(toStop), consents: facts.said };
  const shown = channels.filter((channel) => addresses[channel] !== undefined);
  const isOn = (channel: Channel) => mayContact(contact, channel, "marketing", tx.now()).kind === "yes";
  const rows = await listTopics(tx.db, tx.tenantId, { state: "open", isPublic: true, limit: mostTopics });
  const isOff = (topicId: string) =>
    facts.said.some((line) => line.topicId === topicId && line.purpose === "marketing" && line.state === "denied");
  return {
    workspace: workspace.name,
    address: person.email ? maskAddress(person.email) : person.phone ? maskAddress(person.phone) : null,
    channels: shown.map((channel) => {
      const service = mayContact(contact, channel, "transactional", tx.now());
      return { channel, isOn: isOn(channel), isStopped: service.kind === "no" && service.because === "suppressed" };
    }),
    topics: rows.map(({ id: topicId, name, description }) => ({
      id: topicId,
      name,
      description,
      isOn: !isOff(topicId),
    })),
  };
}

export type ChangedPreferences = { undo: PreferenceChange | null };

/** Carries out at once what the person chose, as their own word. Null where they are not here any more. */
export async function changePreferences(
  ctx: Context,
  link: Link,
  change: PreferenceChange,
): Promise<ChangedPreferences | null> {
  return transaction(ctx, async (tx) => {
    const contactId = await holdPerson(tx, link.contactId);
    const before = await loadPreferences(tx, link);
    if (!before || !contactId) {
      // Who is away can stop what would come once they are back; there is nothing that they could turn on.
      const isStop = change.kind === "nothing" || !change.isOn;
      const isNoted =
        isStop && (await stopWhoIsAway(tx, link, change.kind === "nothing" ? nothingAtAll : wayOutOf(link)));
      return isNoted ? { undo: null } : null;
    }
    if (change.kind === "topic") await changeTopic(tx, contactId, change, before);
    else if (change.kind === "channels") await changeChannels(tx, contactId, change, before);
    else await stopEverything(tx, contactId);
    await tx.audit({
      action: "consent.recorded",
      subject: { kind: "contact", id: contactId, name: "Contact" },
      after: { ...change, source: "person" },
    });
    await tellContactsChanged(tx, [contactId]);
    return { undo: undoOf(change, before) };
  });
}

const ownWord = { purpose: "marketing", source: "person", sourceDetail: "Preference centre" } as const;

/** The id of a topic that is not shown is the id of nothing (a private list is not joined by guessing). */
async function changeTopic(
  tx: Tx,
  contactId: string,
  { topicId, isOn }: { topicId: string; isOn: boolean },
  before: Preferences,
): Promise<void> {
  const topic = await findTopic(tx.db, tx.tenantId, topicId);
  if (!topic?.isPublic || topic.archivedAt) throw notFound("topic");
  // A topic is taken up where the person hears from us at all; it is turned off everywhere.
  const on = isOn ? before.channels.filter((each) => each.isOn).map((each) => each.channel) : channels;
  const state = isOn ? ("granted" as const) : ("denied" as const);
  await recordConsents(
    tx,
    on.map((channel): ConsentInput => ({ ...ownWord, contactId, channel, topicId, state })),
  );
}

async function changeChannels(
  tx: Tx,
  contactId: string,
  { channels: named, isOn }: { channels: Channel[]; isOn: boolean },
  before: Preferences,
): Promise<void> {
  const known = named.filter((channel) => before.channels.some((each) => each.channel === channel));
  if (!isOn) return stopMarketing(tx, contactId, known);
  const general = known.map((channel): ConsentInput => ({ ...ownWord, contactId, channel, state: "granted" }));
  await recordConsents(tx, general);
}

/** A no to marketing, as the person's own word. */
export async function stopMarketing(tx: Tx, contactId: string, on: readonly Channel[], detail?: string): Promise<void> {
  await recordConsents(
    tx,
    on.map((channel): ConsentInput => {
      return { ...ownWord, contactId, channel, state: "denied", ...(detail ? { sourceDetail: detail } : {}) };
    }),
  );
}

async function stopEverything(tx: Tx, contactId: string): Promise<void> {
  await recordConsents(
    tx,
    channels.map((channel): ConsentInput => ({ ...ownWord, contactId, channel, state: "denied" })),
  );
  const { people, accounts } = await loadReachable(tx.db, tx.tenantId, [contactId]);
  const person = people[0];
  if (!person) return;
  await addSuppressions(tx, hashesOf({ ...person, accounts }), { ...nothingAtAll, contactId });
}

const nothingAtAll = { channel: "*", reason: "opt_out", scope: "global", source: "person" } as const;

/**
 * The way out of a letter, by one click or by the button of its page. Doing it twice is as good as once, and where the
 * person is gone already there is nothing left to stop.
 */
export async function unsubscribe(ctx: Context, link: Link): Promise<{ kind: "done" | "gone" }> {
  return transaction(ctx, async (tx) => {
    const contactId = await holdPerson(tx, link.contactId);
    if (!contactId) return { kind: (await stopWhoIsAway(tx, link, wayOutOf(link))) ? "done" : "gone" };
    if (link.about !== null) {
      const line = { ...ownWord, contactId, topicId: link.about, state: "denied", sourceDetail: "Way out" } as const;
      await recordConsents(
        tx,
        channels.map((channel): ConsentInput => ({ ...line, channel })),
      );
    } else await stopMarketing(tx, contactId, [link.channel], "Way out of a message");
    // The address that the message went to, though the contact may have another one by now.
    if (link.address) await addSuppressions(tx, [link.address], { ...wayOutOf(link), contactId });
    await tx.audit({
      action: "consent.recorded",
      subject: { kind: "contact", id: contactId, name: "Contact" },
      after: { channel: link.channel, state: "denied", source: "person", topicId: link.about },
    });
    await tellContactsChanged(tx, [contactId]);
    return { kind: "done" };
  });
}

/** A deletion that can still be taken back would bring a yes back with the person: so their no is kept by the address. */
async function stopWhoIsAway(
  tx: Tx,
  link: Link,
  stop: Omit<Parameters<typeof addSuppressions>[2], "contactId">,
): Promise<boolean> {
  const hashes = await addressesOfAway(tx, link);
  await addSuppressions(tx, hashes, { ...stop, contactId: null });
  return hashes.length > 0;
}

async function addressesOfAway(tx: Tx, link: Link): Promise<string[]> {
  return [...new Set([...(link.address ? [link.address] : []), ...(await addressesInPhotograph(tx, link))])];
}

const wayOutOf = ({ channel, about }: Link) =>
  ({ channel, reason: "opt_out", scope: "topic", scopeKey: about ?? allMarketing, source: "person" }) as const;

async function addressesInPhotograph(tx: Tx, { contactId, channel }: Link): Promise<string[]> {
  const photograph = await findPhotograph(tx.db, tx.tenantId, contactId);
  const [line] = photograph?.contacts ?? [];
  if (!photograph || line === undefined) return [];
  const { email_hash, phone_hash } = JSON.parse(line) as { email_hash: string | null; phone_hash: string | null };
  const own = channel === "email" ? email_hash : channel === "sms" || channel === "whatsapp" ? phone_hash : null;
  const accounts = photograph.identities
    .map((text) => JSON.parse(text) as { channel: Channel; address_hash: string })
    .filter((account) => account.channel === channel);
  return [own, ...accounts.map((account) => account.address_hash)].filter((hash) => hash !== null);
}

export type WayOut = {
  workspace: string;
  channel: Channel;
  topic: string | null;
  isDone: boolean;
  /** Not kept here now, and perhaps back with the next file: then the no must be here before them. */
  isAway: boolean;
};

/** What the page of a way out shows; looking at it changes nothing. */
export async function findWayOut(ctx: Context, link: Link): Promise<WayOut | null> {
  return read(ctx, async (tx) => {
    const id = await resolveContact(tx.db, tx.tenantId, link.contactId);
    const workspace = await findWorkspace(tx.db, tx.tenantId);
    if (!workspace) return null;
    const topic = link.about ? await findTopic(tx.db, tx.tenantId, link.about) : null;
    const about = { workspace: workspace.name, channel: link.channel, topic: topic?.name ?? null };
    if (!id) {
      const hashes = await addressesOfAway(tx, link);
      const stops = await loadActiveSuppressions(tx.db, tx.tenantId, hashes);
      const scopeKey = link.about ?? allMarketing;
      const isNoted = stops.some((stop) => stop.scope === "global" || stop.scopeKey === scopeKey);
      return hashes.length === 0 ? null : { ...about, isDone: isNoted, isAway: true };
    }
    const { said } = await loadReachable(tx.db, tx.tenantId, [id]);
    const line = said.find(
      (each) =>
        each.channel === link.channel && each.purpose === "marketing" && each.topicId === (link.about ?? noTopic),
    );
    const isDone = line?.state === "denied";
    return { ...about, isDone, isAway: false };
  });
}
