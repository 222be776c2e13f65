"use client";

import { useEffect, useState } from "react";
import { durationWords } from "@/components/ui/time-words";

/** "340 ms", "1.2 s", then as everywhere else. */
export function tookWords(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  return ms < 60_000 ? `${(Math.round(ms / 100) / 10).toLocaleString("en")} s` : durationWords(ms);
}

/** How long it took, or has taken so far. */
export function Took({ from, to }: { from: string | null; to: string | null }) {
  const now = useSeconds(from !== null && to === null);
  if (!from) return <span className="text-faint">—</span>;
  if (to) return <>{tookWords(Date.parse(to) - Date.parse(from))}</>;
  return (
    <span className="text-soft" suppressHydrationWarning>
      {durationWords(Math.max(0, now - Date.parse(from)))} so far
    </span>
  );
}

/** A clock that moves once a second while something is going. */
export function useSeconds(isGoing: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isGoing) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isGoing]);
  return now;
}
