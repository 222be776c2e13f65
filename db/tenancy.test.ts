import { getTableColumns, getTableName, is, sql, Table } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeKey, makeMember, makeWorkspace } from "@/db/factories/access";
import { callApi } from "@/e2e/call-api";
import { furnishedWorkspace } from "@/e2e/workspace";
import { env } from "@/lib/env";
import type { TenantId } from "@/lib/kernel/tenant";
import { poolOf } from "./client";
import { loginUrl } from "./logins";
import * as schema from "./schema";
import { withTenant } from "./tenant";

/** Generated from the schema: a table that is added without its walls fails here, whoever adds it. */
const tables = (Object.values(schema) as unknown[]).filter((value) => is(value, Table));
const withTenantColumn = tables.filter((table) =>
  Object.values(getTableColumns(table)).some((c) => c.name === "tenant_uuid"),
);
const names = withTenantColumn.map((table) => [getTableName(table), table] as const);
/** The engine's own: the application was given nothing of them, so there is nothing to wall off. */
const closed = ["engine_batches", "engine_marks"];
const open = names.filter(([name]) => !closed.includes(name));

let owner: postgres.Sql;
let tenant: TenantId;

beforeAll(async () => {
  owner = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {} });
  tenant = (await furnishedWorkspace(`tenancy-${process.pid}`)).tenantId;
});
afterAll(() => owner.end());

describe("every table with a tenant", () => {
  it("is known", () => expect(names.length).toBeGreaterThanOrEqual(7));

  it.each(names)("%s has row-level security, forced, with the tenant's policy", async (name) => {
    const [table] = await owner`select relrowsecurity, relforcerowsecurity from pg_class where oid = ${name}::regclass`;
    expect(table).toEqual({ relrowsecurity: true, relforcerowsecurity: true });
    const policies =
      await owner`select policyname, cmd, roles::text, qual, with_check from pg_policies where tablename = ${name}`;
    const bound = policies.find((policy) => policy.policyname === `${name}_of_tenant`);
    expect(bound).toMatchObject({ cmd: "ALL", roles: "{public}" });
    expect(bound?.qual).toContain("app.tenant");
    expect(bound?.with_check).toBe(bound?.qual);
    // Whatever is open beyond that is for the gate or the worker by name, never for the application; and one table for the
    // role of the search, which nobody can log in as.
    const exceptions = ["{madan_gate}", "{madan_worker}", ...(name === "contacts" ? ["{madan_search}"] : [])];
    for (const policy of policies.filter((other) => other !== bound)) expect(exceptions).toContain(policy.roles);
  });

  it.each(names)("%s has a key that leads with the tenant", async (name) => {
    const [key] = await owner`
      select a.attname as first from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = ${name}::regclass and i.indisprimary`;
    expect(key?.first).toBe("tenant_uuid");
  });

  it.each(open)("%s has a row of this tenant to hide", async (_, table) => {
    const rows = await withTenant(tenant, "read only", (db) => db.select({ one: sql`1` }).from(table).limit(1));
    expect(rows).toHaveLength(1);
  });

  it.each(closed)("%s is closed to the application, though there is a row", async (name) => {
    const ask = sql.raw(`select 1 from ${name} where tenant_uuid = '${tenant}' limit 1`);
    expect(await poolOf("worker").db.execute(ask)).toHaveLength(1);
    await expect(withTenant(tenant, "read only", (db) => db.execute(ask))).rejects.toThrow();
  });

  it.each(open)("%s shows the application nothing while no tenant is set", async (_, table) => {
    expect(await poolOf("app").db.select({ one: sql`1` }).from(table).limit(5)).toEqual([]);
  });

  it.each(open)("%s shows a tenant nothing of another", async (_, table) => {
    const stranger = await makeWorkspace();
    const rows = await withTenant(stranger.tenantId, "read only", (db) =>
      db.select({ tenant: sql<string>`tenant_uuid` }).from(table).limit(1000),
    );
    expect(rows.filter((row) => row.tenant !== stranger.tenantId)).toEqual([]);
  });
});

describe("the logins", () => {
  const logins = ["madan_app", "madan_gate", "madan_worker"];

  it("cannot bypass row-level security, own nothing and are no members of each other", async () => {
    const roles =
      await owner`select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = any(${logins})`;
    expect(roles).toHaveLength(3);
    for (const role of roles)
      expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, rolcreaterole: false });
    const owned = await owner`select tablename from pg_tables where tableowner = any(${logins})`;
    expect(owned).toEqual([]);
    const memberships = await owner`
      select m.rolname from pg_auth_members am join pg_roles m on m.oid = am.member join pg_roles r on r.oid = am.roleid
      where m.rolname = any(${logins})`;
    expect(memberships).toEqual([]);
  });

  it("leave the search to a role that nobody is and nobody logs in as", async () => {
    const [role] = await owner`select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = 'madan_search'`;
    expect(role).toEqual({ rolcanlogin: false, rolsuper: false, rolbypassrls: false });
    const owned = await owner`select proname from pg_proc where proowner = 'madan_search'::regrole`;
    expect(owned.map(({ proname }) => proname)).toEqual(["search_contacts"]);
    await expect(poolOf("app").db.execute(sql.raw("set role madan_search"))).rejects.toThrow();
  });

  it("cannot become one another in mid-transaction", async () => {
    for (const role of ["madan_gate", "madan_worker"]) {
      await expect(poolOf("app").db.execute(sql.raw(`set role ${role}`))).rejects.toThrow();
    }
  });

  it("reach no table they were not given", async () => {
    const app = poolOf("app").db;
    for (const table of ["person_secrets", "sessions", "mailed_links", "platform_keys", "recovery_codes"]) {
      await expect(app.execute(sql.raw(`select 1 from ${table}`)), table).rejects.toThrow();
    }
    await expect(poolOf("worker").db.execute(sql`select 1 from api_keys`)).rejects.toThrow();
    await expect(poolOf("gate").db.execute(sql`select 1 from audit_lines`)).rejects.toThrow();
    await expect(poolOf("gate").db.execute(sql`update api_keys set scopes = '{*}'`)).rejects.toThrow();
  });

  it("have the passwords that the migration derives", async () => {
    const app = postgres(loginUrl("app", env), { max: 1 });
    expect(await app`select current_user::text as me`).toMatchObject([{ me: "madan_app" }]);
    await app.end();
  });
});

describe("a transaction of a tenant", () => {
  it("leaves no tenant behind on its connection", async () => {
    await withTenant(tenant, "read only", (db) => db.execute(sql`select 1`));
    for (let i = 0; i < 20; i++) {
      const rows = await poolOf("app").db.execute<{ t: string | null }>(
        sql`select current_setting('app.tenant', true) as t`,
      );
      expect(rows[0]?.t ?? "").toBe("");
    }
  });

  it("cannot write a row of another tenant", async () => {
    const stranger = await makeWorkspace();
    await expect(
      withTenant(tenant, "read write", (db) =>
        db.update(schema.workspaces).set({ tenantId: stranger.tenantId }).returning(),
      ),
    ).rejects.toThrow();
  });

  it("sees people only where they are members", async () => {
    const stranger = await makeWorkspace();
    const member = await makeMember(stranger.tenantId, { name: "Not yours" });
    const rows = await withTenant(tenant, "read only", (db) => db.select({ id: schema.people.id }).from(schema.people));
    expect(rows.map((row) => row.id)).not.toContain(member.personId);
  });
});

describe("a function that runs as the owner", () => {
  it("looks into temporary tables last, so nobody can slip one of their own under it", async () => {
    const functions = await owner<{ name: string; settings: string[] | null }[]>`
      select p.proname as name, p.proconfig as settings from pg_proc p
      where p.prosecdef and p.pronamespace = 'public'::regnamespace`;
    expect(functions.length).toBeGreaterThan(0);
    for (const { name, settings } of functions) {
      const path = settings?.find((setting) => setting.startsWith("search_path="));
      expect(path, name).toMatch(/^search_path=pg_catalog, public, pg_temp$/);
    }
  });

  it("cannot be made to write into a table of the application's", async () => {
    const { tenantId } = await makeWorkspace();
    const app = postgres(loginUrl("app", env), { max: 1, onnotice: () => {} });
    const [row] = await owner`select current_database() as name`;
    const database = String(row?.name);
    // Where an operator left temporary tables allowed, the function itself must hold.
    await owner.unsafe(`grant temporary on database "${database}" to madan_app`);
    try {
      await app.unsafe(`
        create temporary table audit_heads (tenant_uuid uuid primary key, seq bigint, hash text);
        grant all on pg_temp.audit_heads to public;
        insert into pg_temp.audit_heads values ('${tenantId}', 5000, 'forged');
        select set_config('app.tenant', '${tenantId}', false);
        insert into public.audit_lines (tenant_uuid, id, at, actor_kind, actor_name, action, subject_kind, subject_name)
        values ('${tenantId}', gen_random_uuid(), now(), 'system', 'x', 'workspace.updated', 'workspace', 'x');`);
      expect(await app`select seq from public.audit_lines where tenant_uuid = ${tenantId}`).toMatchObject([
        { seq: "1" },
      ]);
    } finally {
      await app.end();
      await owner.unsafe(`revoke temporary on database "${database}" from madan_app`);
    }
  });

  it("is not even tempted: our logins make no temporary tables", async () => {
    await expect(poolOf("app").db.execute(sql`create temporary table mine (a int)`)).rejects.toThrow();
  });
});

describe("the audit log", () => {
  const statements = [
    "update audit_lines set actor_name = 'x'",
    "delete from audit_lines",
    "update audit_heads set seq = 0",
  ];
  it.each(statements)("lets the application not: %s", async (statement) => {
    await expect(withTenant(tenant, "read write", (db) => db.execute(sql.raw(statement)))).rejects.toThrow();
  });

  it.each(["update audit_lines set actor_name = 'x'", "delete from audit_lines", "truncate audit_lines"])(
    "lets not even the owner: %s",
    async (statement) => {
      const asOwner = owner.begin(async (tx) => {
        await tx`select set_config('app.tenant', ${tenant}, true)`;
        await tx.unsafe(statement);
      });
      await expect(asOwner).rejects.toThrow(/append-only/);
    },
  );

  it("goes with its workspace, and only so", async () => {
    const { tenantId } = await makeWorkspace();
    const { secret } = await makeKey(tenantId);
    await callApi("PATCH", "/api/v1/workspaces/current", { key: secret, body: { name: "Gone soon" } });
    await owner.begin(async (tx) => {
      await tx`select set_config('app.tenant', ${tenantId}, true)`;
      await tx`delete from workspaces where tenant_uuid = ${tenantId}`;
      expect(await tx`select 1 from audit_lines where tenant_uuid = ${tenantId}`).toHaveLength(0);
    });
  });
});
