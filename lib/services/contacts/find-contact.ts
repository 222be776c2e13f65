import { findWorkspace } from "@/db/queries/access/workspaces";
import { listIdentities } from "@/db/queries/contacts/identities";
import { findByExternalId, findWholeContact, type WholeContact } from "@/db/queries/contacts/list-contacts";
import { loadScoreFacts } from "@/db/queries/contacts/score-facts";
import { findContactId } from "@/db/queries/contacts/timeline";
import type { Contact, Engagement } from "@/lib/domain/contacts/shapes";
import { engagementKinds } from "@/lib/domain/contacts/vocabulary";
import { inferZone } from "@/lib/domain/contacts/zone";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope, type Tx } from "../context";
import { toIdentity } from "./identities";
import { toRow } from "./list-contacts";
import { explainScore } from "./score-contacts";

/** One contact with all that its page shows. An id that was merged away finds the contact that stayed. */
export async function findContact(ctx: Context, id: string): Promise<Contact> {
  requireScope(ctx, "contacts:read");
  return read(ctx, async (tx) => {
    const found = await findContactId(tx.db, tx.tenantId, id);
    return loadContact(tx, found ?? id);
  });
}

export async function findContactByExternalId(ctx: Context, externalId: string): Promise<Contact> {
  requireScope(ctx, "contacts:read");
  return read(ctx, async (tx) => {
    const found = await findByExternalId(tx.db, tx.tenantId, externalId);
    if (!found) throw notFound("contact");
    return loadContact(tx, found);
  });
}

/** As it stands in this transaction. */
export async function loadContact(tx: Tx, id: string): Promise<Contact> {
  const row = await findWholeContact(tx.db, tx.tenantId, id);
  if (!row) throw notFound("contact");
  const workspace = await findWorkspace(tx.db, tx.tenantId);
  const identities = await listIdentities(tx.db, tx.tenantId, id, { limit: 100 });
  const { profiles } = await loadScoreFacts(tx.db, tx.tenantId, [id], []);
  return {
    ...toRow(listed(row)),
    firstName: row.firstName,
    lastName: row.lastName,
    country: row.country,
    isTypeGiven: row.givenType !== null,
    timeZone: zoneOf(row, workspace?.timeZone ?? "UTC"),
    locale: row.locale,
    devicePreference: row.devicePreference,
    preferredChannel: row.preferredChannel,
    identities: identities.map(toIdentity),
    attributes: row.attributes,
    engagement: profiles.map(toEngagement),
    scoreReasons: (await explainScore(tx, id)) ?? [],
    firstPurchaseAt: row.firstPurchaseAt,
    lastPurchaseAt: row.lastPurchaseAt,
    lastVisitAt: row.lastVisitAt,
    lastReplyAt: row.lastReplyAt,
    metadata: row.metadata as Contact["metadata"],
  };
}

function listed(row: WholeContact) {
  const { id, externalId, name, email, phone, customerType, stage, score, grade, tags, company } = row;
  const { ownerId, ownerName, createdAt, updatedAt } = row;
  return {
    ...{ id, externalId, name, email, phone, customerType, stage, score, grade, tags, company },
    ...{ ownerId, ownerName, createdAt, updatedAt },
  };
}

function zoneOf(row: WholeContact, workspace: string): Contact["timeZone"] {
  const { timeZone: own, phone, locale, visitZone: visit } = row;
  const { candidates, ...rest } = inferZone({ own, phone, locale, visit, workspace });
  return { ...rest, candidates: [...candidates] };
}

type Profile = Awaited<ReturnType<typeof loadScoreFacts>>["profiles"][number];

/** Only what has happened: a channel is not listed as silent in six ways. */
export function toEngagement(row: Profile): Engagement {
  const last = {
    sent: row.lastSentAt,
    delivered: row.lastDeliveredAt,
    opened: row.lastOpenedAt,
    clicked: row.lastClickedAt,
    replied: row.lastRepliedAt,
    converted: row.lastConvertedAt,
  };
  const happened = engagementKinds.filter((kind) => row[kind] > 0);
  return {
    channel: row.channel,
    counts: Object.fromEntries(happened.map((kind) => [kind, row[kind]])),
    lastAt: Object.fromEntries(happened.flatMap((kind) => (last[kind] ? [[kind, last[kind]]] : []))),
  };
}
