"use client";

import { useEffect, useState } from "react";

let hear: ((text: string) => void) | null = null;

/** Says to those who hear the page what changed by itself: "12 new rows", "Saved". Polite: it waits for a pause. */
export function announce(text: string): void {
  hear?.(text);
}

export function Announcer() {
  const [text, setText] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    hear = (words) => {
      // Emptied first: the same words twice would otherwise be said once.
      setText("");
      clearTimeout(timer);
      timer = setTimeout(() => setText(words), 60);
    };
    return () => {
      hear = null;
      clearTimeout(timer);
    };
  }, []);
  return (
    <div role="status" aria-live="polite" aria-atomic="true" className="sr-only" data-announcer="">
      {text}
    </div>
  );
}
