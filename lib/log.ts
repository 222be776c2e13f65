import pino from "pino";
import { env } from "@/lib/env";

/** One JSON object a line on standard output. JSON escapes line breaks, so no value can forge a line of its own. */

const secretName =
  /^(authorization|cookie|set[-_]?cookie|.*(password|passwd|secret|token|credential|recovery_?code|signature).*|.*(api|private|encryption|access)[-_]?keys?|key|otp|totp|code|session|sid|database_url|smtp_url)$/i;
const harmlessName = /^(token_?type|key_?id|status_?code|error_?code|session_?id)$/i;

const secretShapes: [RegExp, string][] = [
  // An address with a password in it: databases, mail servers.
  [/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@]*@/gi, "$1:[redacted]@"],
  [/\bms_(live|org)_[A-Za-z0-9_-]+/g, "ms_$1_[redacted]"],
  [/\b((?:__Host-)?sid(?:\.\d+)?=)[A-Za-z0-9._%-]+/g, "$1[redacted]"],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, "$1 [redacted]"],
  [/([?&](?:token|code|key|secret|password|signature)=)[^&\s"']+/gi, "$1[redacted]"],
];

export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrub(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value;
  if (value instanceof Error) return described(value, depth);
  if (depth >= 6) return "[deep]";
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => withoutSecrets(item, depth + 1));
  if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value)) return `[${value.constructor.name}]`;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretName.test(name) && !harmlessName.test(name) && item !== null && item !== undefined
        ? "[redacted]"
        : withoutSecrets(item, depth + 1),
    ]),
  );
}

/** Database errors carry the parameters and rows of the statement, so an error shows only what is listed here. */
function described(error: Error, depth: number): Record<string, unknown> {
  const { code, cause } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: scrub(error.message),
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    ...(error.stack ? { stack: scrub(error.stack) } : {}),
    ...(cause && depth < 3 ? { cause: withoutSecrets(cause, depth + 1) } : {}),
  };
}

/** Drizzle writes the values of a failed statement into its message, and so into the stack: names, addresses, hashes. */
export function withoutParameters(text: string): string {
  const at = text.indexOf("\nparams:");
  if (!text.includes("Failed query:") || at < 0) return text;
  // A value may itself hold a line that looks like a frame, so only frames behind the last value would be safe to keep.
  return `${text.slice(0, at)}\nparams: [redacted]`;
}

function scrub(text: string): string {
  const clean = secretShapes.reduce((left, [shape, put]) => left.replace(shape, put), withoutParameters(text));
  return clean.length > 8000 ? `${clean.slice(0, 8000)}…` : clean;
}

type Shared = { __madanLog?: pino.Logger };

function makeLog(): pino.Logger {
  return pino({
    level: env.LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: "message",
    errorKey: "error",
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => withoutSecrets(fields) as Record<string, unknown>,
    },
    // The formatter above has already described errors.
    serializers: { error: (value: unknown) => value, err: (value: unknown) => value },
    hooks: {
      logMethod(args, method) {
        const clean = args.map((arg) => (typeof arg === "string" ? scrub(arg) : arg));
        method.apply(this, clean as typeof args);
      },
    },
  });
}

/** Made on first use: a build has no environment to read. */
export function log(): pino.Logger {
  const shared = globalThis as Shared;
  shared.__madanLog ??= makeLog();
  return shared.__madanLog;
}
