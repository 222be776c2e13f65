import { setTimeout as pause } from "node:timers/promises";

/**
 * What the database will say again to the same words: data it cannot keep, a rule that is broken, a statement it does not
 * know, a limit of its own. Everything else (two transactions in each other's way, a time-out, a restart, a name that is not
 * known for a moment) passes: what was about to be written is worth a second try, and is never the run's fault.
 */
const lasting = /^(21|22|23|42|54)[0-9A-Z]{3}$/;

export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && !lasting.test(code);
}

/** The database or the way to it, and not our own code. */
export const isOfDatabase = (error: unknown): boolean => codeOf(error) !== null;

function codeOf(error: unknown): string | null {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const { code } = fault as Error & { code?: unknown };
    if (typeof code === "string" && code !== "") return code;
  }
  return null;
}

/** Tries as long as a lease lasts: after that the work is another's, and what this one brings would be refused. */
export async function retried<T>(work: () => Promise<T>, forMs = 12_000): Promise<T> {
  const giveUpAt = performance.now() + forMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const waitMs = Math.min(1_000, 20 * 2 ** attempt) * (0.5 + Math.random() / 2);
      if (!isTransient(error) || performance.now() + waitMs > giveUpAt) throw error;
      await pause(waitMs);
    }
  }
}
