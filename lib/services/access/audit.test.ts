import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMember, makeWorkspace } from "@/db/factories/access";
import { callApi, cookieOf } from "@/e2e/call-api";
import { env } from "@/lib/env";

/** The chain is only worth something if it notices: each way of tampering is done once, as a superuser would. */
let admin: postgres.Sql;
let cookie: string;
let tenantId: string;

beforeAll(async () => {
  admin = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {} });
  const workspace = await makeWorkspace();
  tenantId = workspace.tenantId;
  const owner = await makeMember(workspace.tenantId, { role: "owner" });
  cookie = (await cookieOf(owner.personId, { activeTenantId: workspace.tenantId })).cookie;
  for (const name of ["One", "Two", "Three", "Four", "Five"]) {
    await callApi("PATCH", "/api/v1/workspaces/current", { cookie, body: { name } });
  }
});
afterAll(() => admin.end());

const verdict = async () => (await callApi("GET", "/api/v1/audit/verify", { cookie })).json();

/** Behind everybody's back, then back to how it was. */
async function tamper(change: string, repair: string) {
  const run = (statement: string) =>
    admin.begin(async (sql) => {
      await sql`select set_config('app.tenant', ${tenantId}, true)`;
      await sql.unsafe("alter table audit_lines disable trigger audit_lines_append_only");
      await sql.unsafe(statement.replaceAll("$tenant", `'${tenantId}'`));
      await sql.unsafe("alter table audit_lines enable trigger audit_lines_append_only");
    });
  await run(change);
  const found = await verdict();
  await run(repair);
  return found;
}

describe("the audit chain", () => {
  it("is intact as it was written", async () => {
    expect(await verdict()).toEqual({ verdict: "intact", lines: 5, first_broken: null });
  });

  it("notices a changed line", async () => {
    const where = "where tenant_uuid = $tenant and seq = 3";
    expect(
      await tamper(
        `update audit_lines set after = '{"name":"Forged"}' ${where}`,
        `update audit_lines set after = '{"name":"Three"}' ${where}`,
      ),
    ).toMatchObject({ verdict: "broken", first_broken: 3 });
    expect(await verdict()).toMatchObject({ verdict: "intact" });
  });

  it("notices a line with a rewritten hash, by the next line", async () => {
    const where = "where tenant_uuid = $tenant and seq = 2";
    const forged = `update audit_lines l set actor_name = 'Nobody' ${where};
      update audit_lines l set hash = audit_line_hash(l) ${where}`;
    const back = `update audit_lines l set actor_name = (select actor_name from audit_lines where tenant_uuid = $tenant and seq = 1) ${where};
      update audit_lines l set hash = audit_line_hash(l) ${where}`;
    expect(await tamper(forged, back)).toMatchObject({ verdict: "broken", first_broken: 3 });
    expect(await verdict()).toMatchObject({ verdict: "intact" });
  });

  it("notices lines that were cut off at the end", async () => {
    await admin.unsafe("create temp table kept as select * from audit_lines limit 0");
    const cut = `insert into kept select * from audit_lines where tenant_uuid = $tenant and seq = 5;
      delete from audit_lines where tenant_uuid = $tenant and seq = 5`;
    const back = `alter table audit_lines disable trigger audit_lines_chain;
      insert into audit_lines select * from kept; alter table audit_lines enable trigger audit_lines_chain`;
    expect(await tamper(cut, back)).toMatchObject({ verdict: "broken", first_broken: 5 });
    expect(await verdict()).toMatchObject({ verdict: "intact" });
  });

  it("numbers lines without a gap when many write at once", async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        callApi("PATCH", "/api/v1/workspaces/current", { cookie, body: { name: `At once ${i}` } }),
      ),
    );
    expect(await verdict()).toEqual({ verdict: "intact", lines: 17, first_broken: null });
  });

  it("exports what is there, with formulas made harmless, and leaves a line of its own", async () => {
    await callApi("PATCH", "/api/v1/workspaces/current", { cookie, body: { name: "=HYPERLINK(1)" } });
    const response = await callApi("GET", "/api/v1/audit/export", { cookie });
    const csv = await response.text();
    expect(response.headers.get("content-disposition")).toContain("attachment");
    expect(csv.trim().split("\r\n")).toHaveLength(1 + 19);
    expect(csv).toContain(",'=HYPERLINK(1),");
    expect(csv).toContain("audit.exported");
  });
});
