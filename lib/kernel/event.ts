import type { z } from "zod";

/** What an event is about, so that a screen can link to the runs it started. */
export type EventSubject = { kind: string; id: string };

/**
 * A kind of event: a fact in the past tense with ids as payload. Declared in `lib/domain/<domain>/events.ts`, said with
 * `tx.publish(kind, data)`, listened to in `inngest/functions`. The workspace is added when it is said.
 */
export type EventKind<Shape extends z.ZodObject = z.ZodObject> = {
  name: string;
  data: Shape;
  subject?: (data: z.output<Shape>, tenantId: string) => EventSubject;
};

export function eventKind<Shape extends z.ZodObject>(kind: EventKind<Shape>): EventKind<Shape> {
  return kind;
}
