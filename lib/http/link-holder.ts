import type { Link, LinkKind } from "@/lib/domain/consent/link-token";
import { AppError } from "@/lib/kernel/errors";
import { truncateIp } from "@/lib/kernel/ip";
import { provenTenant } from "@/lib/kernel/tenant";
import { ports } from "@/lib/ports";
import type { Context } from "@/lib/services/context";
import { type Asked, callOf } from "./gates";
import { takeToken } from "./rate-limit";

export type LinkHolder = { ctx: Context; link: Link };

/**
 * The gate of the pages that a link in a letter opens. Who holds the link is taken for the person it was sent to; which
 * workspace and which person it is stands in the signed link and is read from nowhere else. Null for a link that this
 * house did not write, or that opens another door.
 */
export function readLink(request: Asked, token: string, kind: LinkKind): LinkHolder | null {
  const call = callOf(request);
  const budget = takeToken(`link:${(call.ip && truncateIp(call.ip)) ?? "unknown"}`, call.now().getTime(), perMinute);
  if (!budget.allowed) {
    throw new AppError("rate_limited", "Too many requests from this place. Wait a minute.", {
      reason: "rate_limit",
      retryAfterSeconds: budget.resetSeconds,
    });
  }
  const link = ports().links.open(token);
  if (link?.kind !== kind) return null;
  return {
    ctx: { ...call, tenantId: provenTenant(link.tenantId), actor: { kind: "system", name: "The person" } },
    link,
  };
}

/** Mail programs click for many people from one address, so it is generous. */
const perMinute = 300;
