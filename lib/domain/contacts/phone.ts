/** Why a text is not taken as a phone number. */
export const phoneRefusals = [
  "empty",
  "too_long",
  "too_short",
  "letters",
  "shortened",
  "has_extension",
  "several",
  "other_characters",
  "no_country",
  "no_such_number",
] as const;
export type PhoneRefusal = (typeof phoneRefusals)[number];

export const phoneRefusalLabels: Record<PhoneRefusal, string> = {
  empty: "There is no number here.",
  too_long: "The number has more digits than any number of its country.",
  too_short: "The number has fewer digits than any number of its country.",
  letters: "The number holds letters; write it in digits.",
  shortened:
    "A spreadsheet has rounded this number, and its last digits are lost. Format the column as text and export again.",
  has_extension: "The number has an extension, which messages cannot reach; leave it out.",
  several: "There is more than one number here; keep one.",
  other_characters: "The number holds characters that no phone number has.",
  no_country: "The number does not say its country. Write it with + and the country code, such as +509 3412 3456.",
  no_such_number: "No country gives out such a number.",
};

export type PhoneText = { kind: "ok"; number: string } | { kind: "no"; because: PhoneRefusal };

/** Longer than any number with its decoration; what is beyond is not looked at. */
const longestText = 100;

/**
 * The digits of what a person or a program wrote, with the + in front where it says its country: the form that a numbering
 * plan can judge. People's phones and spreadsheets add much that is no part of the number and harms nobody: direction
 * marks, dashes and digits of other scripts, `tel:` in front.
 */
export function readPhoneText(text: string): PhoneText {
  if (text.length > longestText) return no("too_long");
  if (/^\+?\d+$/.test(text)) return { kind: "ok", number: text };
  const plain = plainOf(text);
  if (plain === "") return no("empty");
  if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(plain)) return no("shortened");

  // Most are digits and the usual signs between them, with nothing to part or to drop.
  if (/^\+?[\d ().-]+$/.test(plain) && /\d/.test(plain)) {
    return { kind: "ok", number: (plain.startsWith("+") ? "+" : "") + plain.replace(/\D/g, "") };
  }

  // RFC 3966 says the extension apart, so the number itself is certain; within running text it is a guess.
  const bare = plain.replace(/^(?:tel|sms|whatsapp):/i, "").replace(/;ext=\d{1,9}$/i, "");
  if (/\d\s*(?:[;,]?\s*(?:ext(?:ension)?|poste|anexo|ramal|x|int)[.:=]?|#)\s*\d+$/i.test(bare))
    return no("has_extension");
  if (isSeveral(bare)) return no("several");
  if (/\p{L}/u.test(bare)) return no("letters");
  if (!/^[\d\s+().'/-]+$/.test(bare)) return no("other_characters");

  const digits = bare.replace(/\D/g, "");
  if (digits === "") return no("empty");
  const plus = bare.lastIndexOf("+");
  if (plus >= 0 && /\d/.test(bare.slice(0, plus))) return no("several");
  return { kind: "ok", number: plus >= 0 ? `+${digits}` : digits };
}

/** Two numbers in one cell: two runs that are each long enough to be one, with a sign between them that parts things. */
function isSeveral(text: string): boolean {
  const parts = text.split(/[,;/|\n\r]|\s(?:or|ou|o|and|et|y)\s/i);
  return parts.filter((part) => part.replace(/\D/g, "").length >= 7).length > 1;
}

function plainOf(text: string): string {
  // ASCII without square brackets has nothing to put right.
  if (/^[ -Z^-~]*$/.test(text)) return text.trim();
  return text
    .replace(/[\p{Cf}\u200b]/gu, "")
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[\p{Pd}\u2212\u30fc]/gu, "-")
    .replace(/[\u00b7\u2022\u2024\uff0e]/g, ".")
    .replace(/\uff0b/g, "+")
    .replace(/[\uff08[]/g, "(")
    .replace(/[\uff09\]]/g, ")")
    .replace(/[\u2019\u02bc]/g, "'")
    .replace(/[\p{Zs}\t]/gu, " ")
    .trim();
}

/** Unicode keeps the digits of a script together, ten in a row from zero up, so the place in the row is the value. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return digit;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

const no = (because: PhoneRefusal) => ({ kind: "no", because }) as const;
