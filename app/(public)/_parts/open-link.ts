import { headers } from "next/headers";
import type { LinkKind } from "@/lib/domain/consent/link-token";
import { publicUrl } from "@/lib/env";
import { type LinkHolder, readLink } from "@/lib/http/link-holder";
import { AppError } from "@/lib/kernel/errors";

/** The gate of a public page. Whoever asks too often is told so instead of being shown an error. */
export async function openPageLink(token: string, kind: LinkKind): Promise<LinkHolder | "unknown" | "too_often"> {
  try {
    return readLink({ method: "GET", url: publicUrl(), headers: await headers() }, token, kind) ?? "unknown";
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") return "too_often";
    throw error;
  }
}
