"use client";

import { useEffect, useState } from "react";

/** True once the page itself stands: what is only a glance beside it is fetched then, and makes nobody wait. */
export function useLoaded(): boolean {
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    // Not in the event itself: what begins within it would still count as part of the load.
    const say = () => setTimeout(() => setLoaded(true), 0);
    if (document.readyState === "complete") {
      const timer = say();
      return () => clearTimeout(timer);
    }
    window.addEventListener("load", say, { once: true });
    return () => window.removeEventListener("load", say);
  }, []);
  return isLoaded;
}
