/** "Atelye Lakay" -> "atelye-lakay": a word for the command line and addresses. */
export function handleFrom(name: string, suffix: string): string {
  const word = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 32);
  return `${word || "workspace"}-${suffix}`;
}
