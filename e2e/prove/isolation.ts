import { createHash } from "node:crypto";
import postgres from "postgres";
import type { z } from "zod";
import { closePools } from "@/db/client";
import { type LoginKind, loginUrl } from "@/db/logins";
import { publicUrl, readEnv } from "@/lib/env";
import { type Noun, nouns, toWireId } from "@/lib/kernel/ids";
import type { Context, Measured, Member } from "../measure";
import { exampleBodies } from "../route-examples";
import { scratchDatabase } from "../scratch-database";
import { type FurnishedWorkspace, furnishedWorkspace } from "../workspace";
import { runMutant } from "./mutant";

/** Each wall holds by itself, so the doors only open where both are taken out. */
const mutants = [
  { mutant: "isolation-policy", shows: "rows_seen_through_the_database" },
  { mutant: "isolation-query", shows: "not_404" },
];

/**
 * One workspace never sees or changes another's. Two walls, each tried alone: the database with no question asked about
 * tenants, and every route and verb with the other's ids.
 */
export const isolation: Member = {
  name: "isolation",
  about: "every route and verb with another workspace's ids: 404, no effect",
  async run(ctx: Context): Promise<Measured> {
    const database = await scratchDatabase("madan_sara_isolation");
    ctx.onEnd(() => database.stop());
    // So many requests in a minute: what is asked here is who may, not how often.
    Object.assign(process.env, database.env, { LOG_LEVEL: "silent", API_RATE_PER_MINUTE: "1000000" });
    ctx.onEnd(() => closePools(1));
    const [ours, theirs] = [await furnishedWorkspace("ours"), await furnishedWorkspace(`canary-${ctx.seed}-theirs`)];
    const admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
    ctx.onEnd(() => admin.end({ timeout: 1 }));

    const tables = await tenantTables(admin);
    const behind = await tryDatabase(database.env, tables, ours, theirs);
    const ids = [...(await idsOf(admin, tables, theirs)), theirs.ownerId, (await theirs.signIn()).sessionId];
    const externalIds = await externalIdsOf(admin, theirs);
    const before = await snapshot(admin, tables, theirs);
    const empty = tables.filter((table) => before.get(table) === nothing);
    const doors = await tryDoors({ ids, externalIds }, ours, theirs);
    const after = await snapshot(admin, tables, theirs);
    const changed = [...before.keys()].filter((table) => before.get(table) !== after.get(table));

    const verdicts = [];
    if (!ctx.isMutant)
      for (const mutant of mutants) {
        ctx.say(`negative control: ${mutant.mutant}`);
        verdicts.push(await runMutant("isolation", mutant));
      }
    const unproven = verdicts.filter(({ verdict }) => verdict !== "found");
    return {
      rows: tables.length + doors.tried,
      metrics: {
        tables: tables.length,
        tables_empty: empty.length,
        rows_seen_through_the_database: behind.seen,
        rows_written_through_the_database: behind.written,
        requests: doors.tried,
        routes: doors.routes,
        not_404: doors.faults.length,
        leaks: doors.leaks.length,
        tables_changed: changed.length,
        ...(ctx.isMutant ? {} : { controls_red: verdicts.length - unproven.length }),
      },
      bars: {
        tables_empty: { op: "==", bar: 0 },
        rows_seen_through_the_database: { op: "==", bar: 0 },
        rows_written_through_the_database: { op: "==", bar: 0 },
        requests: { op: ">=", bar: 1 },
        not_404: { op: "==", bar: 0 },
        leaks: { op: "==", bar: 0 },
        tables_changed: { op: "==", bar: 0 },
        ...(ctx.isMutant ? {} : { controls_red: { op: "==", bar: mutants.length } as const }),
      },
      notes: [
        ...empty.map((table) => `${table}: no row of theirs to find; e2e/workspace.ts makes one of each`),
        ...behind.said,
        ...doors.faults,
        ...doors.leaks,
        ...changed.map((table) => `${table}: rows of the other workspace were changed`),
        ...unproven.map(({ mutant, verdict, said }) => `THIS PROOF IS BROKEN: ${mutant} was ${verdict}. ${said}`),
      ],
    };
  },
};

/** From the catalogue, not from a list of ours: a table that somebody forgot is what this looks for. */
async function tenantTables(admin: postgres.Sql): Promise<string[]> {
  const rows = await admin<{ name: string }[]>`
    select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attname = 'tenant_uuid' and c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = 'public'::regnamespace order by 1`;
  return rows.map(({ name }) => name);
}

/** The first wall: bound to us, ask for everything; bound to nobody, ask for everything; and write over what is theirs. */
async function tryDatabase(
  env: Record<string, string>,
  tables: string[],
  ours: FurnishedWorkspace,
  theirs: FurnishedWorkspace,
): Promise<{ seen: number; written: number; said: string[] }> {
  let seen = 0;
  let written = 0;
  const said: string[] = [];
  const login: LoginKind = "app";
  const sql = postgres(loginUrl(login, readEnv(env)), { max: 1, onnotice: () => {} });
  try {
    for (const table of tables)
      for (const [who, tenant] of [
        ["ours", ours.tenantId],
        ["nobody", ""],
      ] as const) {
        const count = await attempt(sql, tenant, (tx) =>
          tx`select count(*)::int as n from ${tx(table)} where tenant_uuid is distinct from ${tenant === "" ? null : tenant}::uuid`.then(
            ([row]) => Number(row?.n ?? 0),
          ),
        );
        if (count > 0) said.push(`${table}: ${count} rows of others seen, bound to ${who}`);
        seen += count;
        const touched = await attempt(sql, tenant, (tx) =>
          tx`update ${tx(table)} set tenant_uuid = tenant_uuid where tenant_uuid = ${theirs.tenantId}::uuid`.then(
            ({ count: n }) => n,
          ),
        );
        if (touched > 0) said.push(`${table}: ${touched} rows of others written, bound to ${who}`);
        written += touched;
      }
  } finally {
    await sql.end({ timeout: 1 });
  }
  return { seen, written, said };
}

/** A refusal (no right to the table at all) is the strongest wall there is. Nothing is kept. */
async function attempt(
  sql: postgres.Sql,
  tenant: string,
  work: (tx: postgres.TransactionSql) => Promise<number>,
): Promise<number> {
  let found = 0;
  try {
    await sql.begin(async (tx) => {
      await tx`select set_config('app.tenant', ${tenant}, true)`;
      found = await work(tx);
      throw new RolledBack();
    });
  } catch (error) {
    const isRefused = (error as { code?: string }).code === "42501";
    if (!isRefused && !(error instanceof RolledBack)) throw error;
  }
  return found;
}
class RolledBack extends Error {}

/** The sum of no rows. */
const nothing = createHash("md5").update("").digest("hex");

async function snapshot(admin: postgres.Sql, tables: string[], { tenantId, ownerId }: FurnishedWorkspace) {
  const found = new Map<string, string>();
  for (const table of tables) {
    const [row] = await admin`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum
      from ${admin(table)} t where tenant_uuid = ${tenantId}::uuid`;
    found.set(table, String(row?.sum));
  }
  // Of their owner, beside the workspace: the account and where it is signed in.
  const [owner] = await admin`
    select md5(row(p.name, p.email, (select count(*) from sessions where person_id = p.id))::text) as sum
    from people p where p.id = ${ownerId}::uuid`;
  found.set("people", String(owner?.sum));
  return found;
}

/** The second wall: signed in as us or with our key, their ids, every route and verb there is. */
async function tryDoors(
  { ids, externalIds }: { ids: string[]; externalIds: string[] },
  ours: FurnishedWorkspace,
  theirs: FurnishedWorkspace,
) {
  const { routes } = await import("@/app/api/v1/routes");
  const shown = ids.flatMap((id) => [id, ...(Object.keys(nouns) as Noun[]).map((noun) => toWireId(noun, id))]);
  const faults: string[] = [];
  const leaks: string[] = [];
  let tried = 0;
  for (const { path, module } of routes)
    for (const [verb, handler] of Object.entries(module)) {
      // A verb that is not there answers 405 whoever asks.
      if (!("spec" in handler)) continue;
      const { gate, body } = handler.spec;
      const callers = [...(gate.says.session ? ["person"] : []), ...(gate.says.key ? ["key"] : [])];
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
      // A name that callers choose themselves: two workspaces may use the same, and a PUT then makes ours.
      const isTheirWord = names.includes("external_id");
      const makesOurs = isTheirWord && verb === "PUT";
      // Without an id in the path there is nothing to guess but the workspace itself.
      const guesses = isTheirWord ? externalIds : names.length > 0 ? ids : [theirs.tenantId];
      for (const caller of callers.length > 0 ? callers : ["nobody"])
        for (const id of guesses) {
          const url = new URL(path.replace(/\{\w+\}/g, id), publicUrl());
          if (names.length === 0 && caller !== "nobody") url.searchParams.set("tenant_uuid", id);
          const request = new Request(url, {
            method: verb,
            headers: await headersOf(caller, ours),
            ...(body ? { body: bodyOf(verb, path, body, theirs.tenantId) } : {}),
          });
          const params = Object.fromEntries(names.map((name) => [name, id]));
          const answer = await handler(request, { params: Promise.resolve(params) } as never);
          const text = await answer.text();
          tried += 1;
          const where = `${verb} ${path} as ${caller} with ${id}: ${answer.status}`;
          const isFine = caller === "nobody" ? answer.status < 500 : makesOurs ? answer.ok : answer.status === 404;
          if (!isFine) faults.push(where);
          if (text.includes(theirs.handle) || (answer.ok && shown.some((spelling) => text.includes(spelling))))
            leaks.push(`${where} shows what is theirs`);
        }
    }
  return { routes: routes.length, tried, faults, leaks };
}

/** A session of its own for each request: some of them end all others. */
async function headersOf(caller: string, ours: FurnishedWorkspace): Promise<Record<string, string>> {
  const headers = { "content-type": "application/json", origin: publicUrl() };
  if (caller === "key") return { ...headers, authorization: `Bearer ${ours.key}` };
  if (caller === "person") return { ...headers, cookie: (await ours.signIn()).cookie };
  return headers;
}

async function externalIdsOf(admin: postgres.Sql, { tenantId }: FurnishedWorkspace): Promise<string[]> {
  const rows = await admin`
    select external_id as word from contacts where tenant_uuid = ${tenantId}::uuid and external_id is not null limit 3`;
  if (rows.length === 0) throw new Error("No contact of theirs has an external id: e2e/workspace.ts makes one.");
  return rows.map(({ word }) => String(word));
}

async function idsOf(admin: postgres.Sql, tables: string[], { tenantId }: FurnishedWorkspace): Promise<string[]> {
  const found = new Set<string>([tenantId]);
  for (const table of tables) {
    const [has] = await admin`
      select 1 from pg_attribute where attrelid = ${table}::regclass and attname = 'id' and atttypid = 'uuid'::regtype`;
    if (!has) continue;
    const rows = await admin`select id from ${admin(table)} where tenant_uuid = ${tenantId}::uuid limit 3`;
    for (const { id } of rows) found.add(String(id));
  }
  return [...found];
}

/** A body that is accepted, so that the answer is about the id and not about the body; where it names a workspace, theirs. */
function bodyOf(verb: string, path: string, shape: z.ZodType | "stream", tenantId: string): BodyInit {
  const example = exampleBodies[`${verb} ${path}`];
  if (example === undefined) throw new Error(`e2e/route-examples.ts has no body for ${verb} ${path}.`);
  if (example instanceof Uint8Array) return example as BodyInit;
  const names = shape !== "stream" && "shape" in shape ? Object.keys(shape.shape as object) : [];
  return JSON.stringify({ ...(example as object), ...(names.includes("tenantId") ? { tenant_uuid: tenantId } : {}) });
}
