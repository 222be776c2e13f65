const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What PostgreSQL can keep as text: no NUL and no half of a character, which are shown as the replacement character. */
export function plainText(text: string, most = 1_000): string {
  return text.slice(0, most).replaceAll("\0", "\ufffd").replace(loneSurrogate, "\ufffd");
}

/** A key of any length as one of at most `most` characters: what is longer keeps its beginning, and stays apart by a hash. */
export function shortKey(text: string, hash: (text: string) => string, most = 200): string {
  const plain = plainText(text, Number.POSITIVE_INFINITY);
  if (plain === text && text.length <= most) return text;
  return `${plain.slice(0, most - 65)}#${hash(text)}`;
}
