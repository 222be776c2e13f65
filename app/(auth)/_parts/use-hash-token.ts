"use client";

import { useSyncExternalStore } from "react";
import { tokenFromHash } from "./link-token";

export type HashToken = { kind: "reading" } | { kind: "none" } | { kind: "token"; token: string };

/** Only the browser knows what stands behind the #, so the first picture is drawn without it. */
export function useHashToken(): HashToken {
  const hash = useSyncExternalStore<string | null>(
    subscribe,
    () => window.location.hash,
    () => null,
  );
  if (hash === null) return { kind: "reading" };
  const token = tokenFromHash(hash);
  return token ? { kind: "token", token } : { kind: "none" };
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}
