/**
 * Whether this process is on its way out. The server bundle says so, and whoever holds a connection open (an event
 * stream) or answers "ready" listens; only globalThis is shared between their module graphs.
 */
const shared = globalThis as { __madanClosing?: AbortController };

function controller(): AbortController {
  shared.__madanClosing ??= new AbortController();
  return shared.__madanClosing;
}

export function closingSignal(): AbortSignal {
  return controller().signal;
}

export function beginClosing(): void {
  controller().abort();
}
