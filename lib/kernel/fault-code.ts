/** Deeper than any wrapping of ours; a chain of causes that bites its own tail must have an end. */
const deepest = 8;

/** The code that a database or a socket gave its error, however often the error was wrapped since. */
export function faultCode(error: unknown): string | null {
  let fault = error;
  for (let depth = 0; depth < deepest && fault instanceof Error; depth++) {
    const { code } = fault as Error & { code?: unknown };
    if (typeof code === "string" && code !== "") return code;
    fault = fault.cause;
  }
  return null;
}
