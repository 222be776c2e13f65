"use client";

import { useEffect, useState } from "react";
import { announce } from "@/components/feedback/announcer";
import { Note } from "@/components/ui/note";
import { waitWords } from "./entry";

export type Wait = { left: number; begin: (seconds: number) => void };

/** Too many tries: counts down by the clock, so that a tab that slept is not late. */
export function useWait(): Wait {
  const [until, setUntil] = useState<number | null>(null);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds > 0) return;
      setUntil(null);
      announce("You can try again now.");
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return {
    left,
    begin: (seconds) => {
      setLeft(seconds);
      setUntil(Date.now() + seconds * 1000);
    },
  };
}

export function WaitNote({ left, what = "Too many tries." }: { left: number; what?: string }) {
  if (left === 0) return null;
  return (
    <Note tone="waiting" role="alert">
      {what} What you typed stays here.{" "}
      {/* Said once by the alert; a voice that counts every second would let nobody think. */}
      <span aria-hidden="true" className="num">
        Try again in {waitWords(left)}.
      </span>
    </Note>
  );
}
