import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Permission } from "@/lib/domain/access/permissions";
import { roleMay } from "@/lib/domain/access/permissions";
import { publicUrl } from "@/lib/env";
import { AppError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/services/context";
import { readSession, type Signed } from "./gates";

/** The same look at the session row that the API takes, for a page that is rendered. */
async function asked() {
  return { method: "GET", url: publicUrl(), headers: await headers() };
}

export type PageSession = { kind: "in"; signed: Signed } | { kind: "out"; because: string };

export async function pageSession(): Promise<PageSession> {
  try {
    const signed = await readSession(await asked());
    return signed ? { kind: "in", signed } : { kind: "out", because: "no_session" };
  } catch (error) {
    if (error instanceof AppError) return { kind: "out", because: error.details.reason ?? "session_over" };
    throw error;
  }
}

/** The gate of every page behind the shell: leads to where the person must go first. */
export async function requirePage(path: string): Promise<{ signed: Signed; ctx: Context }> {
  const session = await pageSession();
  if (session.kind === "out") {
    const next = encodeURIComponent(path);
    if (session.because === "second_factor_missing") redirect(`/sign-in/code?next=${next}` as Route);
    const said = session.because === "no_session" ? "" : `&because=${session.because}`;
    redirect(`/sign-in?next=${next}${said}` as Route);
  }
  const { signed } = session;
  if (!signed.workspace) redirect("/welcome" as Route);
  return { signed, ctx: signed.workspace };
}

export function pageMay(ctx: Context, permission: Permission): boolean {
  return ctx.actor.kind === "person" && roleMay(ctx.actor.role, permission);
}
