"use client";

import { useEffect, useState } from "react";
import { absoluteTime, durationWords } from "@/components/ui/time-words";

/** "6 days", "40 min": how long something still lives. What lies ahead reads better as a span than as a weekday. */
export function TimeLeft({ until }: { until: string }) {
  const at = new Date(until);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={until} title={absoluteTime(at)} suppressHydrationWarning className="num whitespace-nowrap">
      {durationWords(Math.max(0, at.getTime() - now))}
    </time>
  );
}
