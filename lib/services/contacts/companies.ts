import type { z } from "zod";
import {
  findCompany as find,
  listCompanies as list,
  listEmployees,
  saveSearchTexts,
  updateCompany as update,
} from "@/db/queries/contacts/companies";
import { findNamed, insertNamed } from "@/db/queries/contacts/named";
import { nameKey } from "@/lib/domain/contacts/name-key";
import type { Company, CompanyChanges, NamedQuery, NewCompanyRequest } from "@/lib/domain/contacts/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { differences } from "../access/differences";
import { type Context, read, requireScope, type Tx, transaction } from "../context";
import { pageBySkip, readSkip } from "./page-by-skip";
import { storedSearch } from "./stored-search";

type Row = NonNullable<Awaited<ReturnType<typeof find>>>;

function toCompany({ nameKey: _, metadata, ...row }: Row): Company {
  return { ...row, metadata: (metadata ?? null) as Company["metadata"] };
}

/** By name, with how many contacts work there. */
export async function listCompanies(ctx: Context, query: z.output<typeof NamedQuery>) {
  requireScope(ctx, "contacts:read");
  const skip = readSkip(query);
  const search = query.search === undefined ? undefined : nameKey(query.search);
  return read(ctx, async (tx) => {
    const rows = await list(tx.db, tx.tenantId, { search, skip, limit: query.limit + 1 });
    const { items, nextCursor } = pageBySkip(rows, query.limit, skip);
    return { items: items.map(toCompany), nextCursor };
  });
}

export async function findCompany(ctx: Context, id: string): Promise<Company> {
  requireScope(ctx, "contacts:read");
  return read(ctx, (tx) => loadCompany(tx, id));
}

export async function createCompany(ctx: Context, request: z.output<typeof NewCompanyRequest>): Promise<Company> {
  requireScope(ctx, "contacts:write");
  const { name, domain, metadata } = request;
  return transaction(ctx, async (tx) => {
    const key = nameKey(name);
    if ((await findNamed(tx.db, tx.tenantId, "companies", [key])).length > 0) throw taken(name);
    await insertNamed(tx.db, tx.tenantId, "companies", [{ name, nameKey: key }], tx.now());
    const [made] = await findNamed(tx.db, tx.tenantId, "companies", [key]);
    if (!made) throw new Error("The company was not written.");
    await update(tx.db, tx.tenantId, made.id, { domain, metadata, updatedAt: tx.now() });
    await tx.audit({ action: "company.created", subject: { kind: "company", id: made.id, name } });
    return loadCompany(tx, made.id);
  });
}

export async function updateCompany(
  ctx: Context,
  id: string,
  changes: z.output<typeof CompanyChanges>,
): Promise<Company> {
  requireScope(ctx, "contacts:write");
  return transaction(ctx, async (tx) => {
    const before = await loadCompany(tx, id);
    const changed = differences<Record<string, unknown>>(before, changes);
    if (!changed) return before;
    const renamed = changes.name !== undefined && changes.name !== before.name ? changes.name : null;
    if (renamed !== null) {
      const [holder] = await findNamed(tx.db, tx.tenantId, "companies", [nameKey(renamed)]);
      if (holder && holder.id !== id) throw taken(renamed);
    }
    const key = renamed === null ? {} : { nameKey: nameKey(renamed) };
    await update(tx.db, tx.tenantId, id, { ...changes, ...key, updatedAt: tx.now() });
    if (renamed !== null) await renameInSearch(tx, id, renamed);
    await tx.audit({
      action: "company.updated",
      subject: { kind: "company", id, name: renamed ?? before.name },
      ...changed,
    });
    return loadCompany(tx, id);
  });
}

const searchPortion = 5_000;

/** People are found by where they work, so their search text follows the company's name. */
async function renameInSearch(tx: Tx, id: string, company: string): Promise<void> {
  let after: string | null = null;
  do {
    const people: Awaited<ReturnType<typeof listEmployees>> = await listEmployees(
      tx.db,
      tx.tenantId,
      id,
      after,
      searchPortion,
    );
    await saveSearchTexts(
      tx.db,
      tx.tenantId,
      people.map((person) => ({ id: person.id, search: storedSearch(person, company) })),
    );
    after = people.length === searchPortion ? (people.at(-1)?.id ?? null) : null;
  } while (after !== null);
}

async function loadCompany(tx: Tx, id: string): Promise<Company> {
  const row = await find(tx.db, tx.tenantId, id);
  if (!row) throw notFound("company");
  return toCompany(row);
}

const taken = (name: string) =>
  new AppError("conflict", `There is a company "${name}" already.`, {
    reason: "name_taken",
    faults: [{ pointer: "/name", message: "is the name of another company" }],
  });
