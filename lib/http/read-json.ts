import { AppError } from "@/lib/kernel/errors";

export const bodyLimit = 1024 * 1024;
/** Far more than anybody means: so that what is merely too deep for its field is told by the field, with its place. */
const deepest = 200;

/** The body as text, if it is JSON by its own account. */
export async function readBody(request: Request, limit: number): Promise<string> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(json|[a-z0-9.-]+\+json)\s*(;|$)/i.test(type)) {
    throw new AppError("unsupported", "Send JSON: Content-Type must be application/json.", { reason: "not_json" });
  }
  const bytes = await readBytes(request, limit);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw badJson("The body is not UTF-8.");
  }
}

/** Never more than `limit` bytes in memory, announced or not. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > limit) throw tooLarge(limit);
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw badJson(`The body is nested more than ${deepest} deep.`);
  // A NUL can be sent but not stored: it is refused here once, instead of in every column.
  if (text.includes("\\u0000")) throw badJson("The body contains a NUL character.");
  const value = readText(text);
  // Only an escape can write half of a character pair, and the database stores none.
  if (/\\ud[89a-f]/i.test(text) && !isWellFormed(value)) throw badJson("The body contains half of a character pair.");
  return value;
}

function readText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badJson("The body is not valid JSON.");
  }
}

/** Its depth was limited before parsing. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return !/\p{Cs}/u.test(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, child]) => isWellFormed(key) && isWellFormed(child));
}

export function tooLarge(limit: number) {
  return new AppError("too_large", `The body is larger than ${Math.floor(limit / 1024)} KiB.`, {
    facts: { limit_bytes: limit },
  });
}

function badJson(message: string) {
  return new AppError("invalid_input", message, { reason: "bad_json", faults: [{ pointer: "", message }] });
}

/** Counted before parsing: what is nested without end must not reach anything recursive. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return false;
}
