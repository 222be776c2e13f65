"use client";

import { WifiOff } from "lucide-react";
import { useLine } from "@/lib/client/line";

/** Says once that the line is down, and goes by itself. */
export function LineBanner() {
  const isUp = useLine();
  return (
    <div role="status">
      {!isUp && (
        <p className="flex items-center gap-2.5 border-b border-line bg-waiting-soft px-6 py-2 text-13 max-md:px-4">
          <WifiOff aria-hidden="true" className="text-waiting" />
          <span>
            <b>No line to the server.</b> What you see stays. What is missing loads by itself when the line is back.
          </span>
        </p>
      )}
    </div>
  );
}
