"use client";

import { useEffect, useState } from "react";
import { PageHead } from "@/components/ui/page-head";
import { zonePlace } from "@/components/ui/time-words";

/** Good morning where the workspace is: its clock decides about its day. */
export function Greeting({
  name,
  timeZone,
  locale,
  firstNow,
  actions,
}: {
  name: string;
  timeZone: string;
  locale: string;
  firstNow: string;
  actions: React.ReactNode;
}) {
  const [now, setNow] = useState(() => new Date(firstNow));
  useEffect(() => {
    const tick = () => setNow(new Date());
    tick();
    const timer = setInterval(tick, 15_000);
    return () => clearInterval(timer);
  }, []);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(now);
  const hour = Number(new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone }).format(now));
  const day = `${part({ weekday: "long" })} ${part({ day: "numeric", month: "long" })}`;
  const clock = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (
    <PageHead title={`${greetingAt(hour)}, ${name.split(/\s+/)[0] ?? name}`} actions={actions}>
      {`${day}, ${clock} ${timeZone === "UTC" ? "UTC" : `in ${zonePlace(timeZone)}`}`}
    </PageHead>
  );
}

function greetingAt(hour: number): string {
  if (hour >= 5 && hour < 12) return "Good morning";
  return hour >= 12 && hour < 18 ? "Good afternoon" : "Good evening";
}
