import { createHmac } from "node:crypto";
import { openLink, sealLink } from "@/lib/domain/consent/link-token";
import type { SignedLinks } from "@/lib/domain/consent/ports";
import type { Env } from "@/lib/env";

/** The links' own key, derived: whoever reads one of them learns nothing of the secret that sessions are made with. */
export function createSignedLinks(env: Pick<Env, "AUTH_SECRET">): SignedLinks {
  const key = createHmac("sha256", env.AUTH_SECRET).update("links in letters to people").digest();
  return { sign: (link) => sealLink(key, link), open: (token) => openLink(key, token) };
}
