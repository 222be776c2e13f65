import { findKeyByPrefix, findPlatformKeyByPrefix, noteKeyUse, notePlatformKeyUse } from "@/db/queries/access/keys";
import { loadCaller, noteSight } from "@/db/queries/access/sessions";
import { asGate } from "@/db/system";
import { hashSecret, readKey, sameHash } from "@/lib/domain/access/secrets";
import { judgeSession, shouldNoteSight } from "@/lib/domain/access/session";
import { keyState } from "@/lib/domain/access/states";
import { publicUrl } from "@/lib/env";
import { AppError, notFound } from "@/lib/kernel/errors";
import { isUuid, uuidv7 } from "@/lib/kernel/ids";
import { truncateIp } from "@/lib/kernel/ip";
import { provenTenant } from "@/lib/kernel/tenant";
import { ports } from "@/lib/ports";
import type { Call, Context, PersonCall } from "@/lib/services/context";
import { requireOwnOrigin } from "./origin";
import { readSessionToken } from "./session-token";

/**
 * A gate proves who calls and for which workspace, and names whose rate budget the call is counted on. Nothing behind a
 * gate asks again who the caller is; only what they may do.
 */
export type Passed<C> = { ctx: C; counted: string; cors?: string };
export type Gate<C> = { (request: Request): Promise<Passed<C>>; says: GateDescription };
type GateDescription = { session: boolean; key: boolean; platform: boolean };

function gate<C>(says: GateDescription, pass: (request: Request) => Promise<Passed<C>>): Gate<C> {
  return Object.assign(pass, { says });
}

export type Signed = PersonCall & { workspace: Context | null };

/** Where a page is rendered there is no Request; headers and method are all a gate looks at. */
export type Asked = { method: string; url: string; headers: Headers };

export function callOf(request: Asked): Call {
  return {
    now: () => new Date(),
    requestId: request.headers.get("x-request-id") ?? `req_${uuidv7()}`,
    ip: request.headers.get("x-client-ip"),
    userAgent: request.headers.get("user-agent")?.slice(0, 512) ?? null,
    ports: ports(),
  };
}

/** The workspace that the caller names: a header from our own pages, `tenant_uuid` in the query from programs. */
function namedTenant(request: Asked): string | null {
  const named = request.headers.get("x-tenant-uuid") ?? new URL(request.url).searchParams.get("tenant_uuid");
  if (named === null) return null;
  if (!isUuid(named)) throw notFound("workspace");
  return named.toLowerCase();
}

const pleaseSignIn = (reason: string) =>
  new AppError("unauthenticated", "Sign in, or send an API key as a bearer token.", { reason });

/** Null where there is no session cookie at all; a session that is over is an error, so that the page can say so. */
export async function readSession(request: Asked): Promise<Signed | null> {
  const token = await readSessionToken(request.headers);
  if (!token) return null;
  const call = callOf(request);
  const now = call.now();
  const tenant = namedTenant(request);
  const found = await asGate((db) => loadCaller(db, hashSecret(token), tenant));
  if (!found) throw pleaseSignIn("session_over");
  const { session, person, member } = found;
  const verdict = judgeSession(session, now);
  if (verdict.kind === "closed") throw pleaseSignIn(verdict.because);
  if (tenant && !member) throw notFound("workspace");
  if (shouldNoteSight(session.lastSeenAt, now)) {
    await asGate((db) =>
      noteSight(db, session.id, now, { ip: call.ip && truncateIp(call.ip), userAgent: call.userAgent }),
    );
  }
  const workspace: Context | null = member && {
    ...call,
    tenantId: provenTenant(member.tenantId),
    actor: {
      kind: "person",
      id: person.id,
      name: person.name,
      email: person.email,
      sessionId: session.id,
      provenAt: session.provenAt,
      role: member.role,
    },
  };
  return { ...call, person, session, workspace };
}

function bearer(request: Asked): string | null {
  const header = request.headers.get("authorization");
  if (header === null) return null;
  return /^Bearer +(\S+)$/i.exec(header.trim())?.[1] ?? "";
}

async function readWorkspaceKey(request: Asked, secret: string): Promise<Passed<Context>> {
  const call = callOf(request);
  const now = call.now();
  const parts = readKey(secret);
  if (parts?.brand === "platform")
    throw new AppError("forbidden", "A platform key only creates workspaces.", { reason: "platform_key" });
  const key = parts && (await asGate((db) => findKeyByPrefix(db, parts.prefix)));
  if (!key || !sameHash(key.secretHash, hashSecret(secret))) throw pleaseSignIn("unknown_key");
  const state = keyState(key, now);
  if (state !== "active") throw pleaseSignIn(`key_${state}`);
  const tenant = namedTenant(request);
  if (tenant && tenant !== key.tenantId) throw notFound("workspace");
  if (shouldNoteSight(key.lastUsedAt, now)) await asGate((db) => noteKeyUse(db, key.tenantId, key.id, now));
  const actor = { kind: "key", id: key.id, name: key.name, scopes: key.scopes } as const;
  const ctx: Context = { ...call, tenantId: provenTenant(key.tenantId), actor };
  return { ctx, counted: `key:${key.id}`, cors: allowedOrigin(request, key.allowedOrigins) };
}

/** A browser elsewhere may use a key only from the origins its workspace names. */
function allowedOrigin(request: Asked, allowed: string[]): string | undefined {
  const origin = request.headers.get("origin");
  if (origin === null || origin === new URL(publicUrl()).origin) return undefined;
  if (allowed.some((entry) => entry.toLowerCase() === origin.toLowerCase())) return origin;
  throw new AppError("forbidden", `The workspace does not allow its keys to be used from ${origin.slice(0, 200)}.`, {
    reason: "origin_not_allowed",
  });
}

async function readPlatformKey(request: Asked, secret: string): Promise<Passed<Call & { actor: PlatformActor }>> {
  const call = callOf(request);
  const parts = readKey(secret);
  const key = parts?.brand === "platform" ? await asGate((db) => findPlatformKeyByPrefix(db, parts.prefix)) : null;
  if (!key || !sameHash(key.secretHash, hashSecret(secret))) throw pleaseSignIn("unknown_key");
  const state = keyState(key, call.now());
  if (state !== "active") throw pleaseSignIn(`key_${state}`);
  if (shouldNoteSight(key.lastUsedAt, call.now())) await asGate((db) => notePlatformKeyUse(db, key.id, call.now()));
  const { id, name, organisationId, scopes } = key;
  return { ctx: { ...call, actor: { kind: "platform", id, name, organisationId, scopes } }, counted: `platform:${id}` };
}

export type PlatformActor = Extract<Context["actor"], { kind: "platform" }>;

async function signed(request: Request): Promise<Passed<Signed>> {
  const session = await readSession(request);
  if (!session) throw pleaseSignIn("no_session");
  requireOwnOrigin(request);
  return { ctx: session, counted: `person:${session.person.id}` };
}

/** A session from our own pages, or a key: inside one workspace. */
export const caller = gate<Context>({ session: true, key: true, platform: false }, async (request) => {
  const secret = bearer(request);
  if (secret !== null) return readWorkspaceKey(request, secret);
  const { ctx, counted } = await signed(request);
  if (!ctx.workspace) {
    throw new AppError("forbidden", "You belong to no workspace yet. Create one first.", { reason: "no_workspace" });
  }
  return { ctx: ctx.workspace, counted };
});

/** A signed-in person, whatever the workspace: their own account. */
export const person = gate<Signed>({ session: true, key: false, platform: false }, async (request) => {
  if (bearer(request) !== null) {
    throw new AppError("forbidden", "This belongs to a signed-in person; a key cannot do it.", {
      reason: "person_needed",
    });
  }
  return signed(request);
});

/** Either of both, kept apart: for the few doors that answer differently. */
export const personOrKey = gate<Signed | Context>({ session: true, key: true, platform: false }, async (request) => {
  const secret = bearer(request);
  return secret !== null ? readWorkspaceKey(request, secret) : signed(request);
});

export const personOrPlatform = gate<Signed | (Call & { actor: PlatformActor })>(
  { session: true, key: false, platform: true },
  async (request) => {
    const secret = bearer(request);
    if (secret === null) return signed(request);
    if (readKey(secret)?.brand === "workspace") {
      throw new AppError("forbidden", "This needs a platform key with the scope tenants:write.", {
        reason: "missing_scope",
        facts: { needs: "tenants:write" },
      });
    }
    return readPlatformKey(request, secret);
  },
);

export type Visitor = Call & { signedIn: Signed | null };

/** Nobody in particular: signing up, asking for a link. Counted by address, and only from our own pages. */
export const visitor = gate<Visitor>({ session: false, key: false, platform: false }, async (request) => {
  requireOwnOrigin(request);
  const signedIn = await readSession(request).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  const call = callOf(request);
  return { ctx: { ...call, signedIn }, counted: `ip:${(call.ip && truncateIp(call.ip)) ?? "unknown"}` };
});
