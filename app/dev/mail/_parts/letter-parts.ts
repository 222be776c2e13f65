export type TextPart = { kind: "words" | "link"; text: string };

/** Only web addresses become links, whatever a letter says. */
export function textParts(text: string): TextPart[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .filter((piece) => piece !== "")
    .map((piece) => ({ kind: /^https?:\/\//.test(piece) ? "link" : "words", text: piece }));
}

/** The path of the letter's one link, so that it opens here under whatever name this machine was asked. */
export function ownLink(text: string): string | null {
  const address = textParts(text).find(({ kind }) => kind === "link")?.text;
  if (!address || !URL.canParse(address)) return null;
  const { pathname, search, hash } = new URL(address);
  return pathname + search + hash;
}

/** The frame of a letter cannot show our pages, so its links replace the page around it. */
export function lettersDocument(html: string): string {
  const base = '<base target="_top">';
  return /<head[^>]*>/i.test(html)
    ? html.replace(/<head[^>]*>/i, (head) => head + base)
    : html.replace(/(<!doctype[^>]*>)?(\s*<html[^>]*>)?/i, (start) => `${start}<head>${base}</head>`);
}
