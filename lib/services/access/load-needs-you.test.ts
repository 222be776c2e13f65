import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeKey, makeMember, makeWorkspace } from "@/db/factories/access";
import { makeRun } from "@/db/factories/engine";
import { insertAuditLine } from "@/db/queries/access/audit";
import { setMailProblem, upsertInvitation } from "@/db/queries/access/invitations";
import { noteKeyUse } from "@/db/queries/access/keys";
import { asGate } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { callApi, cookieOf } from "@/e2e/call-api";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import type { Role } from "@/lib/domain/access/vocabulary";
import { env } from "@/lib/env";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { addMs, dayMs } from "@/lib/kernel/time";

let admin: postgres.Sql;
beforeAll(() => {
  admin = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {} });
});
afterAll(() => admin.end());

async function kinds(caller: { cookie: string } | { key: string }): Promise<string[]> {
  const answer = await callApi("GET", "/api/v1/needs-you", caller);
  expect(answer.status).toBe(200);
  const { items } = (await answer.json()) as { items: { kind: string }[] };
  return items.map((item) => item.kind);
}

const signInAs = async (tenantId: TenantId, role: Role) =>
  cookieOf((await makeMember(tenantId, { role })).personId, { activeTenantId: tenantId });

async function invite(tenantId: TenantId, expiresAt: Date, problem: string | null = null) {
  await withTenant(tenantId, "read write", async (db) => {
    const { id } = await upsertInvitation(db, tenantId, {
      id: uuidv7(),
      email: `${newToken().slice(0, 8).toLowerCase()}@example.test`,
      role: "viewer",
      tokenHash: hashSecret(newToken()),
      invitedBy: null,
      sentAt: addMs(expiresAt, -7 * dayMs),
      expiresAt,
    });
    if (problem) await setMailProblem(db, tenantId, id, problem);
  });
}

it("is a run that failed and that nobody has replayed", async () => {
  const { tenantId } = await makeWorkspace();
  const owner = await signInAs(tenantId, "owner");
  const failed = await makeRun(tenantId, { scene: "failed" });
  await makeRun(tenantId, { scene: "completed" });
  expect(await kinds(owner)).toContain("runs_failed");
  expect(await kinds(await signInAs(tenantId, "viewer"))).not.toContain("runs_failed");
  const { secret } = await makeKey(tenantId);
  await callApi("POST", `/api/v1/runs/${toWireId("run", failed.id)}/replay`, {
    key: secret,
    body: { from: "failure" },
  });
  expect(await kinds(owner)).not.toContain("runs_failed");
});

describe("what needs the caller", () => {
  it("is what the workspace really lacks, and only for those who may put it right", async () => {
    const { tenantId } = await makeWorkspace();
    const now = new Date();
    await invite(tenantId, addMs(now, dayMs));
    await invite(tenantId, addMs(now, dayMs), "No such mailbox.");
    await invite(tenantId, addMs(now, -dayMs));
    const key = await makeKey(tenantId, ["workspace:read"], { expiresAt: addMs(now, 3 * dayMs) });
    await asGate((db) => noteKeyUse(db, tenantId, key.id, now));

    expect(await kinds(await signInAs(tenantId, "owner"))).toEqual([
      "mail_refused",
      "keys_expire",
      "second_factor_off",
      "invitations_wait",
      "settings_open",
    ]);
    expect(await kinds(await signInAs(tenantId, "marketer"))).toEqual([]);
    // A key has no second factor, and this one may only read.
    expect(await kinds({ key: key.secret })).toEqual([]);
    expect(await kinds({ key: (await makeKey(tenantId)).secret })).toEqual([
      "mail_refused",
      "keys_expire",
      "invitations_wait",
      "settings_open",
    ]);
  });

  it("knows nothing of another workspace", async () => {
    const [mine, other] = [await makeWorkspace(), await makeWorkspace()];
    await invite(other.tenantId, addMs(new Date(), dayMs));
    const owner = await signInAs(mine.tenantId, "owner");
    expect(await kinds(owner)).not.toContain("invitations_wait");
  });

  it("notices a line that was changed, removed or cut off, also at the edge of what it looks at", async () => {
    const { tenantId } = await makeWorkspace();
    await withTenant(tenantId, "read write", async (db) => {
      for (let line = 0; line < 205; line++) {
        await insertAuditLine(db, tenantId, {
          at: new Date(),
          actor: { kind: "system", id: null, name: "test" },
          action: "workspace.updated",
          subject: { kind: "workspace", id: tenantId, name: "Atelye" },
          ip: null,
          requestId: null,
        });
      }
    });
    const { cookie } = await signInAs(tenantId, "admin");
    const broken = async () => (await kinds({ cookie })).includes("audit_broken");
    expect(await broken()).toBe(false);

    const behind = (statement: string) =>
      admin.begin(async (sql) => {
        await sql`select set_config('app.tenant', ${tenantId}, true)`;
        await sql.unsafe("alter table audit_lines disable trigger audit_lines_append_only");
        await sql.unsafe(statement.replaceAll("$tenant", `'${tenantId}'`));
        await sql.unsafe("alter table audit_lines enable trigger audit_lines_append_only");
      });
    const ofLine = (seq: number) => `where tenant_uuid = $tenant and seq = ${seq}`;

    await behind(`update audit_lines set actor_name = 'nobody' ${ofLine(100)}`);
    expect(await broken()).toBe(true);
    await behind(`update audit_lines set actor_name = 'test' ${ofLine(100)}`);
    expect(await broken()).toBe(false);

    // Line 6 is the first of the last two hundred: what lies before it is the full check's business.
    await behind(`update audit_lines set actor_name = 'nobody' ${ofLine(5)}`);
    expect(await broken()).toBe(false);
    await behind(`update audit_lines set actor_name = 'test' ${ofLine(5)}`);

    await behind(`create temporary table kept on commit preserve rows as select * from audit_lines ${ofLine(205)}`);
    await behind(`delete from audit_lines ${ofLine(205)}`);
    expect(await broken()).toBe(true);
  });
});
