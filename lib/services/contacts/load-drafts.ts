import { lockProfiles } from "@/db/queries/contacts/lock-profiles";
import { type Draft, type HeldAttribute, identityKey } from "@/lib/domain/contacts/apply-profile";
import type { Tx } from "../context";
import type { WriteRow } from "./write-shapes";

/** Of a draft that stands in the table already. */
export type Origin = { importId: string | null; createdAt: Date; updatedAt: Date };

export async function loadDrafts(
  tx: Tx,
  ids: readonly string[],
  profiles: readonly WriteRow[],
  into: { drafts: Map<string, Draft>; origin: Map<string, Origin> },
): Promise<void> {
  const parts = {
    tags: profiles.some(({ profile }) => profile.tags !== undefined),
    attributes: profiles.some(({ profile }) => profile.attributes !== undefined),
  };
  const loaded = await lockProfiles(tx.db, tx.tenantId, ids, parts);
  const companies = new Map(loaded.companies.map(({ id, name }) => [id, name]));
  for (const { id, importId, createdAt, updatedAt, metadata, ...rest } of loaded.rows) {
    const fields = { ...rest, metadata: metadata as Record<string, unknown> | null };
    into.origin.set(id, { importId, createdAt, updatedAt });
    into.drafts.set(id, {
      id,
      before: fields,
      fields,
      companyName: fields.companyId ? (companies.get(fields.companyId) ?? null) : null,
      tags: { before: new Set(), now: new Set() },
      attributes: { before: new Map(), now: new Map() },
      identities: { before: [], added: [] },
    });
  }
  const tags = new Map<string, Set<string>>();
  for (const { contactId, tagId } of loaded.tags) tags.set(contactId, (tags.get(contactId) ?? new Set()).add(tagId));
  for (const [id, held] of tags) {
    const draft = into.drafts.get(id);
    if (draft) draft.tags = { before: held, now: new Set(held) };
  }
  const values = new Map<string, Map<string, HeldAttribute>>();
  for (const { contactId, attributeId, key, type, text, number, date } of loaded.values) {
    const value = type === "boolean" ? text === "true" : (number ?? date ?? text);
    values.set(contactId, (values.get(contactId) ?? new Map()).set(attributeId, { key, type, value }));
  }
  for (const [id, held] of values) {
    const draft = into.drafts.get(id);
    if (draft) draft.attributes = { before: held, now: new Map(held) };
  }
  const accounts = new Map<string, string[]>();
  for (const account of loaded.accounts)
    accounts.set(account.contactId, [...(accounts.get(account.contactId) ?? []), identityKey(account)]);
  for (const [id, before] of accounts) {
    const draft = into.drafts.get(id);
    if (draft) draft.identities = { before, added: [] };
  }
}

export function copyOf(draft: Draft): Draft {
  return {
    ...draft,
    fields: { ...draft.fields },
    tags: { before: draft.tags.before, now: new Set(draft.tags.now) },
    attributes: { before: draft.attributes.before, now: new Map(draft.attributes.now) },
    identities: { before: draft.identities.before, added: [...draft.identities.added] },
  };
}
