/** The token of a mailed link stands behind the #, which browsers send to nobody: no log, no proxy, no referrer has it. */
export function tokenFromHash(hash: string): string | null {
  return /^#([A-Za-z0-9_-]{16,256})$/.exec(hash)?.[1] ?? null;
}
