import {
  type ConsentStateRow,
  deleteConsentStates,
  insertConsentLines,
  listSharers,
  loadConsentStates,
  loadLedger,
  lockContacts,
  type NewConsentLine,
  saveConsentStates,
} from "@/db/queries/consent/ledger";
import { loadReachable } from "@/db/queries/consent/load-reachable";
import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import { type ConsentRefusal, decideConsent } from "@/lib/domain/consent/decide-consent";
import { outvotes, stateKey, stateOf } from "@/lib/domain/consent/state-of";
import { type ConsentBasis, type ConsentSource, type ConsentState, noTopic } from "@/lib/domain/consent/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { truncateIp } from "@/lib/kernel/ip";
import type { Actor, Tx } from "../context";
import { grouped } from "./grouped";
import { keepRefusals, keepRefusalsOf } from "./keep-refusals";
import { liftStops } from "./lift-stops";
import { addressesOf, type Reachable, type Stop, toStop } from "./reachable";

export type ConsentInput = {
  contactId: string;
  channel: Channel;
  purpose: Purpose;
  topicId?: string | null;
  state: ConsentState;
  basis?: ConsentBasis | null;
  source?: ConsentSource;
  sourceDetail?: string | null;
  textVersion?: string | null;
  expiresAt?: Date | null;
  at?: Date;
  corrects?: string | null;
  /** Who says it, where a job carries it out for them. */
  actorName?: string;
};

export type ConsentOutcome =
  | { kind: "recorded"; id: string }
  | { kind: "kept" }
  | { kind: "refused"; because: ConsentRefusal | "no_contact"; says: string };

/** Who speaks where nobody says: only the doors of the person themselves may claim to be the person. */
export function sourceOf(actor: Actor): ConsentSource {
  if (actor.kind === "person") return "member";
  return actor.kind === "key" || actor.kind === "platform" ? "key" : "system";
}

/**
 * Takes lines into the ledger, for one person or for thousands in the same few statements, and keeps the cache with it. A
 * line that would outvote a person's no is refused, never an error: an import goes on with the rest. A no goes onto the list
 * of addresses too, whoever took it down: it holds for everybody who is reached there, and outlives the contact.
 */
export async function recordConsents(tx: Tx, inputs: readonly ConsentInput[]): Promise<ConsentOutcome[]> {
  const ids = [...new Set(inputs.map((input) => input.contactId))];
  const known = await lockContacts(tx.db, tx.tenantId, ids);
  const states = await loadConsentStates(tx.db, tx.tenantId, ids);
  const current = new Map<string, ConsentStateRow & { id: string; basis: ConsentBasis | null }>(
    states.map((row) => [`${row.contactId} ${stateKey(row)}`, { ...row, id: row.lineId }]),
  );
  const reach = await loadReach(tx, inputs);
  const now = tx.now();

  const lines: NewConsentLine[] = [];
  const refusals: NewConsentLine[] = [];
  const lifting: { line: NewConsentLine; stops: readonly Stop[] }[] = [];
  const outcomes = inputs.map((input): ConsentOutcome => {
    if (!known.has(input.contactId))
      return { kind: "refused", because: "no_contact", says: "There is no such contact." };
    const line = toLine(tx, input, now);
    const key = `${line.contactId} ${stateKey(line)}`;
    const before = current.get(key);
    const stops = reach?.stopsOf(input.contactId, line.channel) ?? [];
    const verdict = decideConsent(before ?? null, line, stops);
    if (verdict.kind === "refuse") return { kind: "refused", because: verdict.because, says: verdict.says };
    if (line.state === "denied") refusals.push(line);
    if (verdict.kind === "keep") return { kind: "kept" };
    lines.push(line);
    if (verdict.lifts.length > 0) lifting.push({ line, stops: verdict.lifts });
    if (!before || outvotes(before, line)) current.set(key, { ...line, lineId: line.id });
    return { kind: "recorded", id: line.id };
  });

  await insertConsentLines(tx.db, tx.tenantId, lines);
  const touched = new Set(lines.map((line) => `${line.contactId} ${stateKey(line)}`));
  await saveConsentStates(
    tx.db,
    tx.tenantId,
    [...current].filter(([key]) => touched.has(key)).map(([, row]) => row),
  );
  await keepRefusals(tx, refusals);
  const corrected = lifting.flatMap(({ line }) => (line.source === "person" ? [] : [line.contactId]));
  for (const { line, stops } of lifting) {
    const own = lifting.filter((each) => each.line.contactId === line.contactId);
    await liftStops(tx, { channel: line.channel, together: own.map((each) => each.line.channel) }, stops, {
      because: line.source === "person" ? "The person signed up again" : "It was noted by mistake",
    });
  }
  // A row of the list stands for every no at its address: what others said there was no mistake.
  await keepRefusalsOf(tx, await listSharers(tx.db, tx.tenantId, corrected));
  return outcomes;
}

/** The addresses and what stops them matter to a yes only; a no is taken down whatever stands against it. */
async function loadReach(tx: Tx, inputs: readonly ConsentInput[]) {
  const asking = inputs.filter((input) => input.state !== "denied");
  if (asking.length === 0) return null;
  const facts = await loadReachable(tx.db, tx.tenantId, [...new Set(asking.map((input) => input.contactId))]);
  const people = new Map(facts.people.map((person) => [person.id, person]));
  const accounts = grouped(facts.accounts, (account) => account.contactId);
  const stops = grouped(facts.stops, (stop) => stop.addressHash);
  return {
    stopsOf(contactId: string, channel: Channel) {
      const person = people.get(contactId);
      if (!person) return [];
      const own: Reachable = { ...person, accounts: accounts.get(contactId) ?? [] };
      return (addressesOf(tx, own)[channel] ?? []).flatMap(({ hash }) => (stops.get(hash) ?? []).map(toStop));
    },
  };
}

function toLine(tx: Tx, input: ConsentInput, now: Date): NewConsentLine {
  const source = input.source ?? sourceOf(tx.actor);
  // A program's word is never more than that, whatever it says it rests on.
  const basis = source === "key" ? "caller_asserted" : (input.basis ?? "express");
  return {
    id: uuidv7(now.getTime()),
    contactId: input.contactId,
    channel: input.channel,
    purpose: input.purpose,
    topicId: input.topicId ?? noTopic,
    state: input.state,
    basis: input.state === "denied" ? null : basis,
    source,
    sourceDetail: input.sourceDetail ?? null,
    textVersion: input.textVersion ?? null,
    // Of colleagues and programs the audit log knows; only the person's own place proves something here.
    ip: source === "person" && tx.ip ? truncateIp(tx.ip) : null,
    expiresAt: input.expiresAt ?? null,
    corrects: input.corrects ?? null,
    actorName: input.actorName ?? tx.actor.name,
    at: input.at ?? now,
  };
}

/** Makes the cache anew from the ledger: after two ledgers were joined or parted. */
export async function rebuildConsentStates(tx: Tx, contactIds: readonly string[]): Promise<void> {
  const ledgers = grouped(await loadLedger(tx.db, tx.tenantId, contactIds), (line) => line.contactId);
  await deleteConsentStates(tx.db, tx.tenantId, contactIds);
  const rows = [...ledgers.values()].flatMap((lines) => stateOf(lines));
  await saveConsentStates(
    tx.db,
    tx.tenantId,
    rows.map((line) => ({
      contactId: line.contactId,
      channel: line.channel,
      purpose: line.purpose,
      topicId: line.topicId,
      state: line.state,
      lineId: line.id,
      source: line.source,
      at: line.at,
      expiresAt: line.expiresAt,
    })),
  );
}
