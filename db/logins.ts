import { createHmac } from "node:crypto";
import type { Env } from "@/lib/env";

/** One login for each kind of access (STACK): a single login with several roles could switch between them in mid-transaction. */
export const loginRoles = { app: "madan_app", gate: "madan_gate", worker: "madan_worker" } as const;
export type LoginKind = keyof typeof loginRoles;

type LoginEnv = Pick<
  Env,
  "DATABASE_URL" | "DATABASE_APP_URL" | "DATABASE_GATE_URL" | "DATABASE_WORKER_URL" | "AUTH_SECRET"
>;

/** Derived, so that an owner's address is all a deployment has to be given; the migration sets the same passwords. */
export function loginPassword(kind: LoginKind, env: Pick<Env, "AUTH_SECRET">): string {
  return createHmac("sha256", env.AUTH_SECRET).update(`database login ${kind}`).digest("base64url");
}

export function givenLoginUrl(kind: LoginKind, env: LoginEnv): string | undefined {
  return { app: env.DATABASE_APP_URL, gate: env.DATABASE_GATE_URL, worker: env.DATABASE_WORKER_URL }[kind];
}

export function loginUrl(kind: LoginKind, env: LoginEnv): string {
  const given = givenLoginUrl(kind, env);
  if (given) return given;
  const url = new URL(env.DATABASE_URL);
  url.username = loginRoles[kind];
  url.password = loginPassword(kind, env);
  return url.href;
}
