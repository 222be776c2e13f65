/** Channels on which people are known by a handle, and write it with and without its sign, in any case. */
const handled: readonly string[] = ["instagram", "twitter"];

/** One spelling of an account, so that one person is one account, and whoever is stopped by it is found under it. */
export function plainAccount(channel: string, text: string): string {
  const account = text.trim();
  return handled.includes(channel) ? account.replace(/^@/, "").toLowerCase() : account;
}
