import { z } from "zod";
import { AppError, type ErrorCode, type FieldFault } from "@/lib/kernel/errors";
import { faultCode } from "@/lib/kernel/fault-code";
import { givenKey, wirePointer } from "@/lib/kernel/wire";
import { log } from "@/lib/log";

/** The only place that knows HTTP statuses. */
const statuses: Record<ErrorCode, number> = {
  invalid_input: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

const titles: Record<ErrorCode, string> = {
  invalid_input: "The request is not valid",
  unauthenticated: "Nobody is signed in",
  forbidden: "Not allowed",
  not_found: "Not found",
  method_not_allowed: "Method not allowed",
  conflict: "Conflict",
  too_large: "Too large",
  unsupported: "Unsupported media type",
  rate_limited: "Too many requests",
  unavailable: "Not available now",
  internal: "Something went wrong",
};

/** An RFC 9457 problem. Its shape is declared, so the API reference shows it and a test holds every refusal to it. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(statuses) as [ErrorCode, ...ErrorCode[]]),
  detail: z.string(),
  requestId: z.string(),
  reason: z.string().optional(),
  errors: z.array(z.strictObject({ pointer: z.string(), message: z.string() })).optional(),
  facts: z.record(z.string(), z.json()).optional(),
});

export function statusOf(code: ErrorCode): number {
  return statuses[code];
}

export function failure(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : surprise(error, requestId);
  const { code, details } = known;
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (details.retryAfterSeconds !== undefined) headers.set("retry-after", String(details.retryAfterSeconds));
  if (code === "unauthenticated") headers.set("www-authenticate", 'Bearer realm="Madan Sara"');
  const allow = details.facts?.allow;
  if (code === "method_not_allowed" && Array.isArray(allow)) headers.set("allow", allow.join(", "));
  const body = {
    type: `/docs#problem-${code.replaceAll("_", "-")}`,
    title: titles[code],
    status: statuses[code],
    code,
    detail: known.message,
    request_id: requestId,
    ...(details.reason ? { reason: details.reason } : {}),
    ...(details.faults ? { errors: details.faults } : {}),
    ...(details.facts ? { facts: details.facts } : {}),
  };
  return new Response(JSON.stringify(body), { status: statuses[code], headers });
}

/** A surprise is told to the log with its cause, and to the caller without. */
function surprise(error: unknown, requestId: string): AppError {
  const fault = faultCode(error) ?? "";
  const passing = passingFaults.find(({ codes }) => codes.has(fault));
  if (passing) {
    log().error({ error, request_id: requestId }, passing.logged);
    const { code, says, reason, retryAfterSeconds } = passing;
    return new AppError(code, says, { ...(reason ? { reason } : {}), retryAfterSeconds });
  }
  log().error({ error, request_id: requestId }, "a request failed");
  return new AppError("internal", "Something went wrong on our side. The request id helps us find it.");
}

type PassingFault = {
  codes: Set<string>;
  code: ErrorCode;
  reason?: string;
  says: string;
  retryAfterSeconds: number;
  logged: string;
};

/** What the database says of the moment and not of the request: the same request may well succeed a little later. */
const passingFaults: PassingFault[] = [
  {
    codes: new Set([
      ...["ECONNREFUSED", "ECONNRESET", "CONNECT_TIMEOUT", "CONNECTION_CLOSED", "CONNECTION_ENDED"],
      ...["CONNECTION_DESTROYED", "57P01", "57P03", "53300"],
    ]),
    code: "unavailable",
    says: "The database does not answer. Try again in a moment.",
    retryAfterSeconds: 5,
    logged: "the database did not answer",
  },
  {
    // Two in each other's way again and again, or one that held a row for longer than anybody waits.
    codes: new Set(["40P01", "40001", "55P03"]),
    code: "conflict",
    reason: "being_changed",
    says: "Somebody else is changing the same at this moment, so nothing was changed. Try again in a moment.",
    retryAfterSeconds: 2,
    logged: "a request gave way to others",
  },
  {
    codes: new Set(["57014"]),
    code: "unavailable",
    reason: "took_too_long",
    says: "This took longer than a request may, so nothing was changed. Try again in a moment, or ask for less at once.",
    retryAfterSeconds: 5,
    logged: "a request took too long",
  },
];

/** More than anyone mends at once; without an end, a body of unknown fields would be answered by five times its size. */
const mostFaults = 50;

/** zod's faults in the wire's spelling, each with a pointer to its field. */
export function refuseInvalid(schema: z.ZodType, error: z.ZodError, where: "body" | "query" | "path"): AppError {
  const faults: FieldFault[] = error.issues.slice(0, mostFaults).flatMap((issue) => {
    const pointer = wirePointer(schema, issue.path);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.slice(0, mostFaults).map((key) => ({
        pointer: `${pointer}/${escapePointer(key)}`,
        message: "is not a known field",
      }));
    }
    return [{ pointer, message: issue.message }];
  });
  faults.length = Math.min(faults.length, mostFaults);
  const first = faults[0];
  const named = first ? `${first.pointer.slice(1) || `the ${where}`}: ${first.message}` : "not valid";
  return new AppError("invalid_input", `The ${where} is not valid: ${named}.`, { reason: `bad_${where}`, faults });
}

function escapePointer(key: string): string {
  return givenKey(key).slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1");
}
