import type { EngineEvent } from "@/lib/client/engine";

/** What an event set going: "began 2, cancelled 1". */
export function effectWords(event: Pick<EngineEvent, "started" | "resumed" | "cancelled">): string {
  const parts = [
    event.started > 0 && `began ${event.started}`,
    event.resumed > 0 && `resumed ${event.resumed}`,
    event.cancelled > 0 && `cancelled ${event.cancelled}`,
  ].filter(Boolean);
  return parts.join(", ") || "nobody listened";
}
