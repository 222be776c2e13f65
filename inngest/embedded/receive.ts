import type { NewEvent } from "@/db/queries/engine/outbox";
import { platformTenant } from "@/lib/domain/engine/vocabulary";
import { isUuid } from "@/lib/kernel/ids";
import { plainText } from "@/lib/kernel/plain-text";
import { BadEvent } from "./door";
import { limits } from "./limits";

/**
 * Events as they come from the SDK, checked. All or none: a part that was taken before the fault was found would be sent
 * again by a caller who was told that it failed.
 */
export function readEvents(given: unknown, idOf: (at: number) => string | null, newId: () => string): NewEvent[] {
  if (given === undefined) throw new BadEvent(400, "The request holds no events.");
  const list = Array.isArray(given) ? given : [given];
  if (list.length > limits.eventsARequest)
    throw new BadEvent(413, `At most ${limits.eventsARequest} events at once, not ${list.length}.`);
  return list.map((event, at) => readEvent(event, `event ${at + 1}`, idOf(at), newId()));
}

const endOfTime = Date.parse("9999-12-31T00:00:00Z");
const deepest = 200;

/** As JSON; null where it is nested so deep that not even that can be done. */
function textOf(given: unknown): string | null {
  try {
    return JSON.stringify(given);
  } catch {
    return null;
  }
}

function depthOf(json: string): number {
  let [depth, most, isText] = [0, 0, false];
  for (let at = 0; at < json.length; at++) {
    const sign = json[at];
    if (isText && sign === "\\") at++;
    else if (sign === '"') isText = !isText;
    else if (isText) continue;
    else if (sign === "[" || sign === "{") most = Math.max(most, ++depth);
    else if (sign === "]" || sign === "}") depth--;
  }
  return most;
}

function readEvent(given: unknown, where: string, seeded: string | null, id: string): NewEvent {
  const refuse = (why: string): never => {
    throw new BadEvent(400, `${where} ${why}`);
  };
  if (typeof given !== "object" || given === null || Array.isArray(given)) return refuse("is not an object.");
  const { id: key, name, data, ts, v } = given as Record<string, unknown>;
  if (typeof name !== "string" || name.trim() === "") return refuse("has no name.");
  if (name.length > limits.eventNameLength) return refuse(`has a name over ${limits.eventNameLength} characters.`);
  if (name !== plainText(name)) return refuse("has a name with characters that cannot be kept.");
  if (name.startsWith("inngest/")) return refuse(`"${name}": names under inngest/ are the engine's own.`);
  if (typeof data !== "object" || data === null || Array.isArray(data))
    return refuse(`"${name}": data is not an object.`);
  if (ts !== undefined && (typeof ts !== "number" || !(ts >= 0 && ts < endOfTime)))
    return refuse(`"${name}": ts is not a time in milliseconds, from 1970 to 9999.`);
  if (key !== undefined && key !== null && (typeof key !== "string" || key.length > limits.eventIdLength))
    return refuse(`"${name}": id is not a text of at most ${limits.eventIdLength} characters.`);
  if (v !== undefined && v !== null && (typeof v !== "string" || v.length > 50 || v !== plainText(v)))
    return refuse(`"${name}": v is not a short text.`);
  const { tenantId } = data as { tenantId?: unknown };
  if (tenantId !== undefined && tenantId !== null && !(typeof tenantId === "string" && isUuid(tenantId)))
    return refuse(`"${name}": data.tenantId is not the id of a workspace.`);
  const tooDeep = () => refuse(`"${name}" is nested deeper than ${deepest} levels.`);
  const text = textOf(given) ?? tooDeep();
  const bytes = Buffer.byteLength(text);
  if (bytes > limits.eventBytes)
    throw new BadEvent(
      413,
      `${where} "${name}" is ${Math.ceil(bytes / 1024)} KiB; at most ${limits.eventBytes / 1024} KiB. Send ids, not contents.`,
    );
  if (depthOf(text) > deepest) tooDeep();
  return {
    tenantId: typeof tenantId === "string" ? tenantId.toLowerCase() : platformTenant,
    id,
    key: typeof key === "string" && key !== "" ? plainText(key) : (seeded ?? id),
    name,
    data: data as Record<string, unknown>,
    ...(typeof v === "string" ? { v } : {}),
    occurredAt: typeof ts === "number" ? new Date(ts) : null,
    subject: null,
  };
}
