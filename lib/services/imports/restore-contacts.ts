import { findErasedHashes } from "@/db/queries/contacts/find-known";
import { lockProfiles } from "@/db/queries/contacts/lock-profiles";
import {
  deleteContactTags,
  insertContactTags,
  keepFormerAddresses,
  type SavedValue,
  saveAttributeValues,
  updateContacts,
} from "@/db/queries/contacts/save-contacts";
import {
  deleteAccounts,
  deleteImportChanges,
  listMemberships,
  loadCompanyNames,
  loadStandingConsents,
  type StandingConsent,
} from "@/db/queries/imports/import-undo";
import type { ImportRow } from "@/db/queries/imports/imports";
import type { ContactFields } from "@/lib/domain/contacts/apply-profile";
import { contactsChanged } from "@/lib/domain/contacts/events";
import type { IdentityChannel } from "@/lib/domain/contacts/vocabulary";
import { decideUndo, type Held } from "@/lib/domain/imports/decide-undo";
import { addressHasher, identityHash } from "../contacts/address-hashes";
import { scoreContacts } from "../contacts/score-contacts";
import { storedSearch } from "../contacts/stored-search";
import type { Tx } from "../context";
import { removeMembers } from "../segments/change-members";
import { findListSegment } from "./find-list-segment";
import { loadAttributes } from "./load-attributes";
import { type FormerConsent, type ImportedConsent, takeBackConsents } from "./take-back-consents";
import { optionsOf } from "./to-import";

type Change = { contactId: string; memory: Record<string, unknown> };
type Restored = { id: string; current: Current; restore: Record<string, unknown> };
type Current = { fields: ContactFields; companyName: string | null; held: Held; consents: StandingConsent[] };

/** Gives contacts back what an import changed in them, as far as it is still as the import left it. */
export async function restoreContacts(
  tx: Tx,
  row: ImportRow,
  changes: readonly Change[],
): Promise<{ restored: number; kept: number }> {
  const ids = changes.map(({ contactId }) => contactId);
  const currents = await loadCurrents(tx, ids, optionsOf(row).segmentId);
  let kept = 0;
  const restored: Restored[] = [];
  for (const { contactId, memory } of changes) {
    const current = currents.get(contactId);
    // Gone or merged since: there is nobody left to give anything back to.
    if (!current) continue;
    const { before = {}, after = {} } = memory as { before?: Held; after?: Held };
    const decision = decideUndo({ before, after }, current.held);
    if (decision.kept.length > 0) kept += 1;
    if (Object.keys(decision.restore).length > 0) restored.push({ id: contactId, current, restore: decision.restore });
  }
  await dropErased(tx, restored);
  await keepImported(tx, restored);
  await saveFields(tx, restored);
  await saveParts(tx, restored);
  await takeBackConsents(tx, row, importedConsents(restored));
  const touched = restored.map(({ id }) => id);
  if (touched.length > 0) {
    await scoreContacts(tx, touched);
    await tx.publish(contactsChanged, { ids: touched });
  }
  await deleteImportChanges(tx.db, tx.tenantId, row.id, ids);
  return { restored: restored.length, kept };
}

async function loadCurrents(tx: Tx, ids: string[], segmentId: string | null): Promise<Map<string, Current>> {
  const { rows, tags, values, accounts, companies } = await lockProfiles(tx.db, tx.tenantId, ids, {
    tags: true,
    attributes: true,
  });
  const companyNames = new Map(companies.map(({ id, name }) => [id, name]));
  const held = new Map<string, Record<string, unknown>>();
  const currents = new Map<string, Current>();
  for (const { id, importId: _, createdAt: __, updatedAt: ___, metadata, ...rest } of rows) {
    const fields = { ...rest, metadata: metadata as ContactFields["metadata"] };
    const own: Record<string, unknown> = { ...fields };
    held.set(id, own);
    const companyName = fields.companyId ? (companyNames.get(fields.companyId) ?? null) : null;
    currents.set(id, { fields, companyName, held: own, consents: [] });
  }
  const note = (contactId: string, name: string, value: unknown) => {
    const own = held.get(contactId);
    if (own) own[name] = value;
  };
  for (const { contactId, tagId } of tags) note(contactId, `tag:${tagId}`, true);
  for (const { contactId, attributeId, type, text, number, date } of values)
    note(contactId, `attribute:${attributeId}`, type === "boolean" ? text === "true" : (number ?? date ?? text));
  for (const { contactId, channel, externalId } of accounts) note(contactId, `identity:${channel} ${externalId}`, true);
  for (const line of await loadStandingConsents(tx.db, tx.tenantId, ids)) {
    note(line.contactId, `consent:${line.channel}`, line.lineId);
    currents.get(line.contactId)?.consents.push(line);
  }
  if (segmentId)
    for (const contactId of await listMemberships(tx.db, tx.tenantId, segmentId, ids))
      note(contactId, `segment:${segmentId}`, true);
  return currents;
}

/** An address of old may be that of somebody who was erased since: it does not come back by an undo either. */
async function dropErased(tx: Tx, restored: readonly Restored[]): Promise<void> {
  const kinds = { email: "email", phone: "phone", externalId: "external_id" } as const;
  const hashed = restored.flatMap(({ restore }) =>
    Object.entries(kinds).flatMap(([field, kind]) => {
      const address = restore[field];
      return typeof address === "string"
        ? [{ restore, field, hash: tx.ports.hashes.hash(tx.tenantId, kind, address) }]
        : [];
    }),
  );
  const erased = await findErasedHashes(tx.db, tx.tenantId, [...new Set(hashed.map(({ hash }) => hash))]);
  for (const { restore, field, hash } of hashed) if (erased.has(hash)) delete restore[field];
}

/** The address that the file gave was theirs for a while: an erasure later on must know it. */
async function keepImported(tx: Tx, restored: readonly Restored[]): Promise<void> {
  const hashOf = addressHasher(tx);
  const left = restored.flatMap(({ id, current: { fields }, restore }) => {
    const addresses = (["email", "phone"] as const).flatMap((kind) => {
      const address = fields[kind];
      return kind in restore && address ? [hashOf(kind, address)] : [];
    });
    const accounts = Object.entries(restore).flatMap(([name, before]) =>
      name.startsWith("identity:") && before !== true ? [identityHash(accountIn(name.slice(9)), hashOf)] : [],
    );
    return [...addresses, ...accounts].map((addressHash) => ({ contactId: id, addressHash }));
  });
  await keepFormerAddresses(tx.db, tx.tenantId, left, tx.now());
}

/** An account as the memory names it: its channel, a space, and what it is called there. */
function accountIn(key: string): { channel: IdentityChannel; externalId: string } {
  const space = key.indexOf(" ");
  return { channel: key.slice(0, space) as IdentityChannel, externalId: key.slice(space + 1) };
}

/** The columns of the row, with the caches that follow from them. */
async function saveFields(tx: Tx, restored: readonly Restored[]): Promise<void> {
  const rows = restored.map(({ id, current, restore }) => {
    const own = Object.entries(restore).filter(([name]) => !name.includes(":"));
    return { id, current, fields: { ...current.fields, ...Object.fromEntries(own) } as ContactFields };
  });
  const companyIds = rows.flatMap(({ fields, current }) =>
    fields.companyId && fields.companyId !== current.fields.companyId ? [fields.companyId] : [],
  );
  const names = await loadCompanyNames(tx.db, tx.tenantId, companyIds);
  const hash = (kind: "email" | "phone", address: string | null) =>
    address ? tx.ports.hashes.hash(tx.tenantId, kind, address) : null;
  await updateContacts(
    tx.db,
    tx.tenantId,
    rows.map(({ id, current, fields }) => {
      const isSame = fields.companyId === current.fields.companyId;
      const company = isSame ? current.companyName : ((fields.companyId && names.get(fields.companyId)) ?? null);
      return {
        id,
        fields,
        emailHash: hash("email", fields.email),
        phoneHash: hash("phone", fields.phone),
        search: storedSearch(fields, company),
        updatedAt: tx.now(),
      };
    }),
  );
}

/** What hangs on the row: each part by the beginning of its name in the memory. */
async function saveParts(tx: Tx, restored: readonly Restored[]): Promise<void> {
  const parts = restored.flatMap(({ id, restore }) =>
    Object.entries(restore).flatMap(([name, before]) => {
      const end = name.indexOf(":");
      return end === -1 ? [] : [{ contactId: id, kind: name.slice(0, end), key: name.slice(end + 1), before }];
    }),
  );
  const tags = parts.filter(({ kind }) => kind === "tag");
  const pair = ({ contactId, key }: { contactId: string; key: string }) => ({ contactId, tagId: key });
  await insertContactTags(tx.db, tx.tenantId, tags.filter(({ before }) => before === true).map(pair), tx.now());
  await deleteContactTags(tx.db, tx.tenantId, tags.filter(({ before }) => before !== true).map(pair));
  const types = new Map((await loadAttributes(tx)).map(({ id, type }) => [id, type]));
  const values = parts.flatMap(({ kind, contactId, key, before }): SavedValue[] => {
    const type = kind === "attribute" ? types.get(key) : undefined;
    return type ? [{ contactId, attributeId: key, type, value: before as SavedValue["value"] }] : [];
  });
  await saveAttributeValues(tx.db, tx.tenantId, values);
  const accounts = parts.flatMap(({ kind, contactId, key, before }) => {
    return kind === "identity" && before !== true ? [{ contactId, ...accountIn(key) }] : [];
  });
  await deleteAccounts(tx.db, tx.tenantId, accounts);
  const left = parts.filter(({ kind, before }) => kind === "segment" && before !== true);
  for (const segmentId of new Set(left.map(({ key }) => key)))
    if (await findListSegment(tx, segmentId)) {
      const members = left.filter(({ key }) => key === segmentId).map(({ contactId }) => contactId);
      await removeMembers(tx, segmentId, members);
    }
}

/** Only lines that still count: whoever said something since is among the kept. */
function importedConsents(restored: readonly Restored[]): ImportedConsent[] {
  return restored.flatMap(({ current, restore }) =>
    current.consents.flatMap((line) => {
      const name = `consent:${line.channel}`;
      return name in restore ? [{ ...line, before: restore[name] as FormerConsent | null }] : [];
    }),
  );
}
