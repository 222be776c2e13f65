"use client";

import { useSyncExternalStore } from "react";

/** Whether there is a line to the server: the browser's own word, corrected by what requests meet. */
let isUp = true;
let probe: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

export function reportLine(up: boolean): void {
  if (up === isUp) return;
  isUp = up;
  clearInterval(probe);
  // The browser only knows its cable. A server that went away is asked again until it answers.
  if (!up) probe = setInterval(() => void ask(), 5_000);
  for (const listener of listeners) listener();
}

export function isLineUp(): boolean {
  return isUp;
}

export function subscribeToLine(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function watchBrowserLine(): () => void {
  const off = () => reportLine(false);
  const on = () => void ask();
  window.addEventListener("offline", off);
  window.addEventListener("online", on);
  if (!navigator.onLine) off();
  return () => {
    window.removeEventListener("offline", off);
    window.removeEventListener("online", on);
    clearInterval(probe);
  };
}

export function useLine(): boolean {
  return useSyncExternalStore(subscribeToLine, isLineUp, () => true);
}

/** Any answer is a line, even a refusal. */
async function ask(): Promise<void> {
  try {
    await fetch("/api/health", { cache: "no-store", signal: AbortSignal.timeout(4_000) });
    reportLine(true);
  } catch {
    reportLine(false);
  }
}
