import { z } from "zod";
import { channels } from "@/lib/domain/channels/vocabulary";
import { isUuid, toWireId } from "@/lib/kernel/ids";

export type FormFields = Record<string, string>;

const Undo = z.union([
  z.strictObject({
    kind: z.literal("channels"),
    channels: z.array(z.enum(channels)).min(1).max(channels.length),
    isOn: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("topic"), topicId: z.string().refine(isUuid), isOn: z.boolean() }),
]);

/** The fields of the form that puts things back. They stand in the address, so they are read as anybody's words. */
export function readUndo(saved: string | string[]): FormFields | null {
  if (typeof saved !== "string" || saved.length > 500) return null;
  let given: unknown;
  try {
    given = JSON.parse(saved);
  } catch {
    return null;
  }
  const undo = Undo.safeParse(given);
  if (!undo.success) return null;
  const isOn = undo.data.isOn ? "1" : "0";
  return undo.data.kind === "channels"
    ? { change: "channels", channels: undo.data.channels.join(","), is_on: isOn }
    : { change: "topic", topic: toWireId("topic", undo.data.topicId), is_on: isOn };
}
