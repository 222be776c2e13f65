import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import type { Db } from "@/db/client";
import { insertAuditLine, type NewAuditLine } from "@/db/queries/access/audit";
import { findAnswer, insertAnswer, lockAnswer } from "@/db/queries/access/idempotent-answers";
import { insertEvents } from "@/db/queries/engine/outbox";
import { withTenant } from "@/db/tenant";
import { type Permission, roleMay, scopesCover } from "@/lib/domain/access/permissions";
import type { AccessPorts } from "@/lib/domain/access/ports";
import { isFreshlyProven } from "@/lib/domain/access/session";
import type { AuditAction, AuditSubject, Role } from "@/lib/domain/access/vocabulary";
import type { ConsentPorts } from "@/lib/domain/consent/ports";
import type { ContactPorts } from "@/lib/domain/contacts/ports";
import type { RunSubject } from "@/lib/domain/engine/vocabulary";
import { ringBell } from "@/lib/kernel/bell";
import { AppError } from "@/lib/kernel/errors";
import type { EventKind } from "@/lib/kernel/event";
import { faultCode } from "@/lib/kernel/fault-code";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { snake } from "@/lib/kernel/wire";

/** Who is acting, as a gate or a job has proven it. */
export type Actor =
  | { kind: "person"; id: string; name: string; email: string; sessionId: string; provenAt: Date; role: Role }
  | { kind: "key"; id: string; name: string; scopes: readonly string[] }
  | { kind: "platform"; id: string; name: string; organisationId: string; scopes: readonly string[] }
  | { kind: "job"; name: string }
  | { kind: "system"; name: string };

/** The outside world as verbs know it: each domain says what it needs, `lib/ports.ts` wires all of it. */
export type Ports = AccessPorts & ContactPorts & ConsentPorts;

/** What every call knows, with or without a workspace. */
export type Call = { now: () => Date; requestId: string; ip: string | null; userAgent: string | null; ports: Ports };

/** A caller inside one workspace: what every verb takes first. */
export type Context = Call & {
  tenantId: TenantId;
  actor: Actor;
  idempotency?: Idempotency;
  /** The open transaction, where there is one: verbs that call verbs share it. */
  tx?: Tx;
};

/** A signed-in person, whatever the workspace. */
export type PersonCall = Call & {
  person: { id: string; name: string; email: string };
  session: { id: string; activeTenantId: string | null; provenAt: Date };
};

export type AuditEntry = {
  action: AuditAction;
  subject: { kind: AuditSubject; id: string | null; name: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

export type Tx = Context & {
  db: Db;
  access: "read only" | "read write";
  /** Writes a line of the log. It is kept until the work is done: its lock is the last that a transaction takes. */
  audit(entry: AuditEntry): Promise<void>;
  /** Says an event in this transaction: functions that listen for it begin once it is committed, and only then. */
  publish<Shape extends z.ZodObject>(
    kind: EventKind<Shape>,
    data: z.input<Shape>,
    options?: { /** The same id within a day is the same event. */ id?: string },
  ): Promise<void>;
  /** Work was put before the engine by other means than an event: it is told once this is committed. */
  wakeEngine(): void;
  /** What leaves the house leaves after the commit, and only if there was one: no vendor is called with a lock held. */
  afterCommit(effect: () => Promise<void>): void;
  ending: Ending;
};

/** What a transaction does at its end: the lines before the commit, the effects after it. */
type Ending = { lines: NewAuditLine[]; effects: (() => Promise<void>)[] };

/** A request under an Idempotency-Key. `render` turns the verb's result into the answer that will be told again. */
export type Idempotency = {
  callerId: string;
  route: string;
  key: string;
  requestHash: string;
  render(result: unknown): { status: number; body: string };
  /** Set once the answer is stored or found; `route()` sends exactly this. */
  answer?: { status: number; body: string; replayed: boolean };
};

export function hasScope({ actor }: Pick<Context, "actor">, permission: Permission): boolean {
  if (actor.kind === "job" || actor.kind === "system") return true;
  if (actor.kind === "person") return roleMay(actor.role, permission);
  return actor.kind === "key" && scopesCover(actor.scopes, permission);
}

export function requireScope(ctx: Pick<Context, "actor">, permission: Permission): void {
  if (hasScope(ctx, permission)) return;
  const { actor } = ctx;
  const message =
    actor.kind === "person"
      ? `Your role (${actor.role}) does not allow this. It needs ${permission}.`
      : `This key lacks the scope ${permission}.`;
  throw new AppError("forbidden", message, { reason: "missing_scope", facts: { needs: permission } });
}

/** For secrets, exports and what cannot be undone: a person must have proven themselves within the last minutes. */
export function requireFreshProof(ctx: Pick<Context, "actor" | "now">): void {
  if (ctx.actor.kind !== "person" || isFreshlyProven(ctx.actor, ctx.now())) return;
  throw new AppError("forbidden", "Confirm that it is you, then try again.", { reason: "proof_needed" });
}

export function read<T>(ctx: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (ctx.tx) return work(joined(ctx, ctx.tx));
  return withTenant(ctx.tenantId, "read only", (db) => work(openTx(ctx, db, "read only")));
}

/**
 * Facts, decision and effect in one transaction. Under an Idempotency-Key the answer is stored in the same transaction
 * as the effect, so there is no moment in which one exists without the other.
 *
 * Everybody takes locks in one order, so that no two wait for each other in a circle:
 *  1. what contacts are named by: companies, tags, attributes;
 *  2. the work at hand: an import, a change of many, an export is held by whoever works on it;
 *  3. contacts, all that are needed at once, in the order of their ids: FOR UPDATE by whoever may delete them, and FOR NO
 *     KEY UPDATE by everybody else, so that rows that only point to a contact do not wait;
 *  4. what is about them: merges, data requests, earlier values, the ledger;
 *  5. lists and segments;
 *  6. suppressions, in the order of their keys;
 *  7. the head of the audit log. Every act of a workspace waits for it, so `commit` takes it by itself, after all else.
 *
 * Where the database stops the work all the same because somebody was in its way, nothing of it has taken effect, and it
 * is done again from the beginning. So work reads no stream and changes nothing outside of its transaction; what is to
 * happen outside is given to `afterCommit`.
 */
export function transaction<T>(ctx: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (ctx.tx?.access === "read write") return work(joined(ctx, ctx.tx));
  if (ctx.tx) throw new Error("A verb that writes was called inside a read.");
  return commit(ctx, work);
}

/** A circle of locks, and two that saw what the other was about to change. */
const inTheWay = new Set(["40P01", "40001"]);
/** The database takes a second to find a circle, so that more rounds would only keep the caller waiting. */
const mostRounds = 4;
const longestPauseMs = 100;

/**
 * For work that waited for somebody and finds that what it had read before is not so any more: it gives all it holds back
 * and begins anew, for to take more locks now would be out of order.
 */
export class Overtaken extends Error {
  readonly code = "40001";
}

async function commit<T>(ctx: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    const ending: Ending = { lines: [], effects: [] };
    let result: T;
    try {
      result = await withTenant(ctx.tenantId, "read write", async (db) => {
        const tx = openTx(ctx, db, "read write", ending);
        const made = ctx.idempotency ? await once(ctx.idempotency, tx, work) : await work(tx);
        for (const line of ending.lines) await insertAuditLine(db, ctx.tenantId, line);
        return made;
      });
    } catch (error) {
      if (round === mostRounds || !inTheWay.has(faultCode(error) ?? "")) throw error;
      // The answer went with the transaction that was to keep it.
      if (ctx.idempotency) ctx.idempotency.answer = undefined;
      // Whoever was in the way tries again too, and not at the same moment.
      await pause(Math.random() * longestPauseMs * round);
      continue;
    }
    for (const effect of ending.effects) await effect();
    return result;
  }
}

/** Thrown inside the transaction to leave it without effect: the stored answer is what the caller gets. */
export class AlreadyAnswered extends Error {}

async function once<T>(request: Idempotency, tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (request.answer) throw new Error("A request under an Idempotency-Key opens one transaction.");
  if (!(await lockAnswer(tx.db, tx.tenantId, request))) {
    throw new AppError("conflict", "A request with this Idempotency-Key is still being carried out.", {
      reason: "idempotency_in_flight",
      retryAfterSeconds: 1,
    });
  }
  const stored = await findAnswer(tx.db, tx.tenantId, request);
  if (stored && stored.requestHash !== request.requestHash) {
    throw new AppError("invalid_input", "This Idempotency-Key was used before with a different request.", {
      reason: "idempotency_key_reused",
      faults: [{ pointer: "", message: "differs from the first request under this Idempotency-Key" }],
    });
  }
  const place = answerPlace(tx.tenantId, request);
  if (stored) {
    request.answer = { status: stored.status, body: tx.ports.secrets.open(stored.body, place), replayed: true };
    throw new AlreadyAnswered();
  }
  const result = await work(tx);
  const rendered = request.render(result);
  await insertAnswer(tx.db, tx.tenantId, {
    ...request,
    status: rendered.status,
    body: tx.ports.secrets.seal(rendered.body, place),
    createdAt: tx.now(),
  });
  request.answer = { ...rendered, replayed: false };
  return result;
}

function answerPlace(tenantId: TenantId, request: Idempotency) {
  return `idempotent_answers:body:${tenantId}:${request.callerId} ${request.route} ${request.key}` as const;
}

const ring = async () => void ringBell();

/** A verb called by a verb: the same transaction, its own actor and clock. */
function joined(ctx: Context, open: Tx): Tx {
  return openTx(ctx, open.db, open.access, open.ending);
}

function openTx(ctx: Context, db: Db, access: Tx["access"], ending: Ending = { lines: [], effects: [] }): Tx {
  const { lines, effects } = ending;
  // Once a transaction, however much it says.
  const wakeEngine = () => {
    if (!effects.includes(ring)) effects.push(ring);
  };
  const tx: Tx = {
    ...ctx,
    db,
    access,
    ending,
    afterCommit: (effect) => void effects.push(effect),
    wakeEngine,
    publish: async (kind, given, { id } = {}) => {
      const data = kind.data.parse(given);
      const about = kind.subject?.(data, ctx.tenantId);
      const own = uuidv7(ctx.now().getTime());
      await insertEvents(db, [
        {
          tenantId: ctx.tenantId,
          id: own,
          key: id ?? own,
          name: kind.name,
          data: { ...data, tenantId: ctx.tenantId },
          occurredAt: null,
          subject: about ? { kind: about.kind as RunSubject, id: about.id } : null,
        },
      ]);
      wakeEngine();
    },
    audit: async (entry) => {
      if (access === "read only") throw new Error("A read leaves no line in the log.");
      lines.push({
        ...entry,
        before: entry.before && asOnTheWire(entry.before),
        after: entry.after && asOnTheWire(entry.after),
        at: ctx.now(),
        actor: auditActor(ctx.actor),
        ip: ctx.ip,
        requestId: ctx.requestId,
      });
    },
  };
  tx.tx = tx;
  return tx;
}

function auditActor(actor: Actor) {
  return { kind: actor.kind, id: "id" in actor ? actor.id : null, name: actor.name };
}

/** A line is read by programs too, so its fields carry the names of the wire. */
function asOnTheWire(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [snake(name), value]));
}
