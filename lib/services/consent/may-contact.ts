import type { z } from "zod";
import { loadReachable, resolveContact } from "@/db/queries/consent/load-reachable";
import { channels, type Purpose } from "@/lib/domain/channels/vocabulary";
import { mayContact, type ReachableContact } from "@/lib/domain/consent/may-contact";
import type { MayContactAnswer, MayContactQuery } from "@/lib/domain/consent/shapes";
import { noTopic } from "@/lib/domain/consent/vocabulary";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope, type Tx } from "../context";
import { grouped } from "./grouped";
import { addressesOf, type Reachable, toStop } from "./reachable";
import { toSuppression } from "./to-suppression";

/** Whether we may write, on one channel or on each, with the reason and what it rests on. */
export async function checkContact(
  ctx: Context,
  contactId: string,
  query: z.output<typeof MayContactQuery>,
): Promise<MayContactAnswer> {
  requireScope(ctx, "consent:read");
  return read(ctx, async (tx) => {
    const id = await resolveContact(tx.db, tx.tenantId, contactId);
    if (!id) throw notFound("contact");
    return describeReach(tx, id, query);
  });
}

type Asked = { channel?: (typeof channels)[number]; purpose: Purpose; topic?: string; sender?: string };

export async function describeReach(tx: Tx, contactId: string, asked: Asked): Promise<MayContactAnswer> {
  const facts = await loadReachable(tx.db, tx.tenantId, [contactId]);
  const person = facts.people[0];
  if (!person) throw notFound("contact");
  const own: Reachable = { ...person, accounts: facts.accounts };
  const contact: ReachableContact = {
    isErased: false,
    addresses: addressesOf(tx, own),
    suppressions: facts.stops.map(toStop),
    consents: facts.said,
    topicId: asked.topic ?? null,
    sender: asked.sender ?? null,
  };
  const { purpose } = asked;
  const rows = facts.stops;
  const items = (asked.channel ? [asked.channel] : channels).map((channel) => {
    const verdict = mayContact(contact, channel, purpose, tx.now());
    const said = facts.said.find(
      (line) => line.channel === channel && line.purpose === purpose && line.topicId === (asked.topic ?? noTopic),
    );
    const hashes = (contact.addresses[channel] ?? []).map((address) => address.hash);
    const concerned = rows.filter(
      (row) => hashes.includes(row.addressHash) && [channel, "*"].includes(row.scope === "global" ? "*" : row.channel),
    );
    return {
      channel,
      purpose,
      may: verdict.kind === "yes",
      because: verdict.kind === "yes" ? ("allowed" as const) : verdict.because,
      says: verdict.kind === "yes" ? verdict.because : verdict.says,
      details: verdict.kind === "yes" ? {} : verdict.details,
      hasAddress: hashes.length > 0,
      consent: said
        ? {
            ...{ state: said.state, basis: said.basis, source: said.source, sourceDetail: said.sourceDetail },
            ...{ at: said.at, expiresAt: said.expiresAt },
          }
        : null,
      suppressions: concerned.map((row) => toSuppression(tx, row)),
    };
  });
  return { items };
}

/** For senders: the facts of many people at once, and the decision of each by `mayContact`. */
export async function loadReachableContacts(
  tx: Tx,
  contactIds: readonly string[],
): Promise<Map<string, ReachableContact>> {
  const facts = await loadReachable(tx.db, tx.tenantId, contactIds);
  const accounts = grouped(facts.accounts, (account) => account.contactId);
  const said = grouped(facts.said, (line) => line.contactId);
  const stops = grouped(facts.stops.map(toStop), (stop) => stop.addressHash);
  return new Map(
    facts.people.map((person) => {
      const own: Reachable = { ...person, accounts: accounts.get(person.id) ?? [] };
      const addresses = addressesOf(tx, own);
      const hashes = new Set(Object.values(addresses).flatMap((each) => each.map((address) => address.hash)));
      const suppressions = [...hashes].flatMap((hash) => stops.get(hash) ?? []);
      return [person.id, { isErased: false, addresses, suppressions, consents: said.get(person.id) ?? [] }];
    }),
  );
}
