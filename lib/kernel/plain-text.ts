const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What PostgreSQL can keep as text: no NUL and no half of a character, which are shown as the replacement character. */
export function plainText(text: string, most = 1_000): string {
  return text.slice(0, most).replaceAll("\0", "\ufffd").replace(loneSurrogate, "\ufffd");
}
