/** The end of a request, in a closed list of codes. The message is safe to show to whoever asked. */
export const errorCodes = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "conflict",
  "too_large",
  "unsupported",
  "rate_limited",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** One field at fault: where it stands (a JSON pointer), and what is wrong with it in a sentence. */
export type FieldFault = { pointer: string; message: string };

export type ErrorDetails = {
  /** A stable word under the code, for programs that must tell two conflicts apart. */
  reason?: string;
  faults?: FieldFault[];
  retryAfterSeconds?: number;
  /** What would be allowed instead: a missing scope, a limit, the allowed methods. */
  facts?: Record<string, unknown>;
};

export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
    this.name = "AppError";
  }
}

export const notFound = (what: string) => new AppError("not_found", `No such ${what}.`);
export const invalid = (pointer: string, message: string) =>
  new AppError("invalid_input", message, { faults: [{ pointer, message }] });
