/** Faults of the moment: two transactions in each other's way, a connection that was lost, a database that restarts. */
const transientStates = /^(40001|40P01|55P03|57P0[1-3]|08\w{3}|53\w{3})$/;
const transientCodes = /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT|CONNECT_TIMEOUT)/;

export function isTransient(error: unknown): boolean {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const { code } = fault as Error & { code?: unknown };
    if (typeof code === "string" && (transientStates.test(code) || transientCodes.test(code))) return true;
  }
  return false;
}

export async function retried<T>(work: () => Promise<T>, tries = 6): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || !isTransient(error)) throw error;
      await new Promise((done) => setTimeout(done, 20 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
}
