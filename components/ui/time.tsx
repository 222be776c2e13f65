"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { cn } from "./class-names";
import { absoluteTime, relativeTime, staysTrueMs, type TimeSettings, zonePlace } from "./time-words";

const Settings = createContext<TimeSettings>({});

/** The reader's language and zone, known from their account: so the server and the browser write the same words. */
export function TimeSettingsProvider({ locale, timeZone, children }: TimeSettings & { children: ReactNode }) {
  return <Settings value={{ locale, timeZone }}>{children}</Settings>;
}

/**
 * Relative when near, in full on hover. `zone` is where the thing happens: when it is not the reader's, it is written.
 * `style="clock"` is for times of a plan, which people read as times.
 */
export function Time({
  at,
  zone,
  style = "relative",
  className,
}: {
  at: Date | string | number;
  zone?: string | undefined;
  style?: "relative" | "clock";
  className?: string;
}) {
  const settings = useContext(Settings);
  const when = at instanceof Date ? at : new Date(at);
  const valid = !Number.isNaN(when.getTime());
  const stamp = valid ? when.getTime() : 0;
  const [now, setNow] = useState(() => new Date());
  // The server's words may be a minute old and its zone another. React keeps them when hydrating, so the element is made anew.
  const [isHere, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  useEffect(() => {
    if (style !== "relative" || !stamp) return;
    const timer = setTimeout(() => setNow(new Date()), staysTrueMs(new Date(stamp), now));
    return () => clearTimeout(timer);
  }, [stamp, now, style]);

  if (!valid) return <span className={className}>unknown</span>;
  const timeZone = zone ?? settings.timeZone;
  const text =
    style === "clock"
      ? new Intl.DateTimeFormat(settings.locale ?? "en-GB", {
          hour: "2-digit",
          minute: "2-digit",
          hourCycle: "h23",
          timeZone,
        }).format(when)
      : relativeTime(when, now, { ...settings, timeZone });
  return (
    <time
      key={isHere ? "here" : "sent"}
      dateTime={when.toISOString()}
      title={absoluteTime(when, { ...settings, timeZone })}
      suppressHydrationWarning
      className={cn("num whitespace-nowrap", className)}
    >
      {text}
      {zone && zone !== settings.timeZone && <span className="text-faint"> {zonePlace(zone)}</span>}
    </time>
  );
}
