/** What an error says about itself, whatever threw it. */
export type ErrorFacts = {
  message: string | null;
  requestId: string | null;
  status: number | null;
  code: string | null;
};

export function errorFacts(error: unknown): ErrorFacts {
  if (typeof error !== "object" || error === null) return { message: null, requestId: null, status: null, code: null };
  const text = (key: string) => {
    const value = (error as Record<string, unknown>)[key];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const status = (error as Record<string, unknown>).status;
  return {
    message: text("message"),
    requestId: text("requestId") ?? text("digest"),
    status: typeof status === "number" ? status : null,
    code: text("code"),
  };
}

/** No answer at all: the line is down, not the house. */
export function isLineDown(error: unknown): boolean {
  const { status, code } = errorFacts(error);
  if (status === 0 || code === "offline") return true;
  return status === null && error instanceof TypeError;
}

/** For the one who will be asked about it. */
export function errorDetails(title: string, error: unknown, page: string, at: Date): string {
  const facts = errorFacts(error);
  return [
    title,
    facts.message && `Message: ${facts.message}`,
    facts.status && `Status: ${facts.status}${facts.code ? ` ${facts.code}` : ""}`,
    facts.requestId && `Request: ${facts.requestId}`,
    `Page: ${page}`,
    `Time: ${at.toISOString()}`,
  ]
    .filter(Boolean)
    .join("\n");
}
