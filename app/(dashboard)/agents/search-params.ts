import type { ApiKey } from "@/lib/client/access";
import { keyStates } from "@/lib/domain/access/vocabulary";
import { urlFlag, urlOneOf, urlText } from "../_parts/url-words";

export const searchParams = {
  q: urlText,
  state: urlOneOf(keyStates),
  /** The dialog that makes a key: so that other pages can lead to it. */
  new: urlFlag,
};

export function matches(key: ApiKey, wanted: { q: string | null; state: string | null }): boolean {
  if (wanted.state && key.state !== wanted.state) return false;
  const words = (wanted.q ?? "").trim().toLowerCase();
  return (
    !words || `${key.name} ${key.prefix} ${key.createdBy ?? ""} ${key.scopes.join(" ")}`.toLowerCase().includes(words)
  );
}
