/** An event as a function is given it. */
export type EventPayload = { id: string; name: string; data: Record<string, unknown>; ts: number; v?: string };

/** An error that can be kept, shown, and thrown again. */
export type JsonError = { name: string; message: string; stack?: string; cause?: unknown };
