/** Under which a tag or a company is one, however it is written: no case, no double spaces, one form of each letter. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}
