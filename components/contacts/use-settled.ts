"use client";

import { useEffect, useState } from "react";

/** True a moment after the page stands: what lies below or goes on behind makes nobody wait for what they came for. */
export function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 800);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}
