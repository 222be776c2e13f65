/** The limits that Inngest has too: what runs here runs there (INNGEST.md). */
export const limits = {
  eventBytes: 256 * 1024,
  eventsARequest: 5_000,
  requestLength: 64 * 1024 * 1024,
  eventNameLength: 200,
  eventIdLength: 200,
  stepsARun: 1_000,
  stepBytes: 4 * 1024 * 1024,
  runBytes: 32 * 1024 * 1024,
  /** How often in a row a process may die with a call before the call is held to be the cause. */
  lostCalls: 100,
  /** How long the work of a function that nobody knows waits for a process that does. */
  orphanMs: 10 * 60_000,
} as const;
