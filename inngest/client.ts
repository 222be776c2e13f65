import { eventType, Inngest } from "inngest";
import { z } from "zod";
import { engineMode } from "@/lib/domain/engine/engine-mode";
import { env } from "@/lib/env";
import type { EventKind, EventSubject } from "@/lib/kernel/event";
import { type EmbeddedDoor, embeddedDoor } from "./embedded/door";
import { sdkLogger } from "./sdk-logger";

/**
 * One client, two ways it is connected: to a real server where the environment names one, otherwise to the engine in this
 * process. Functions do not know which. Development mode is off in both: it would switch signatures off.
 */
export const door: EmbeddedDoor | null = engineMode(env) === "embedded" ? embeddedDoor() : null;

const toServer = () => ({
  isDev: false,
  eventKey: env.INNGEST_EVENT_KEY,
  signingKey: env.INNGEST_SIGNING_KEY,
  signingKeyFallback: env.INNGEST_SIGNING_KEY_FALLBACK,
  baseUrl: env.INNGEST_BASE_URL,
  logger: sdkLogger,
  aiMetadata: false,
});

export const inngest = new Inngest({
  id: "madan-sara",
  // Consecutive steps cost one call; a call that lasts this long comes back and is made again.
  checkpointing: { maxRuntime: "50s" },
  ...(door ? door.clientOptions : toServer()),
});

const kinds = new Map<string, EventKind>();

/** What an event that a function sends is about: what its kind says, as where a verb says it. */
export function subjectOf(name: string, data: Record<string, unknown>, tenantId: string): EventSubject | null {
  const kind = kinds.get(name);
  const read = kind?.data.safeParse(data);
  return (read?.success && kind?.subject?.(read.data, tenantId)) || null;
}

/**
 * A domain's event for triggers, waits and `step.sendEvent`: the shape it declared, and the workspace it belongs to.
 * Verbs say events with `tx.publish`, in the transaction of their cause.
 */
export function eventOf<Shape extends z.ZodObject>(kind: EventKind<Shape>) {
  kinds.set(kind.name, kind as unknown as EventKind);
  return eventType(kind.name, { schema: kind.data.extend({ tenantId: z.uuid() }) });
}
