"use client";

import { useEffect, useState } from "react";

const clock = (zone: string, at: Date) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(at);

/** What the clock shows where they are. It stands still on paper and goes on in a browser. */
export function LocalClock({ zone, because }: { zone: string; because: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span title={`${zone}. ${because}`} className="under decoration-dotted" suppressHydrationWarning>
      {clock(zone, now)} there
    </span>
  );
}
