export const nameRefusals = ["too_long", "nul"] as const;
export type NameRefusal = (typeof nameRefusals)[number];

export const longestName = 200;

export type NameReading = { kind: "ok"; name: string } | { kind: "no"; because: NameRefusal; says: string };

/** What has no face in a name: direction marks, zero-width characters, halves of characters, letters drawn as nothing. */
const faceless =
  /(?![\u200c\u200d])(?:[\p{Cf}\p{Cs}\u115f\u1160\u2065\u3164\uffa0\ufff0-\ufff8]|\u034f|\u17b4|\u17b5)/gu;
const controls = /(?![\s\u0085])\p{Cc}/gu;
const whiteSpace = /[\s\u0085]+/gu;

/**
 * Persian and many Indian names are spelt with joiners; everywhere else a joiner only hides one name behind another. Marks
 * may stand between, because normalising puts them into another order.
 */
const joiningScripts = [
  ...["Arabic", "Syriac", "Mongolian", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu"],
  ...["Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar"],
];
const joining = `[${joiningScripts.map((script) => `\\p{Script=${script}}`).join("")}]`;
const looseJoiners = new RegExp(`(?<!${joining}\\p{M}*)[\\u200c\\u200d]|[\\u200c\\u200d](?!\\p{L})`, "gu");

/**
 * A name as it is stored and shown: one line, single spaces, one spelling of each letter (NFC), at most 200 characters.
 * Right-to-left letters stay, only the marks that turn a line around go. Markup is text like any other, because every
 * screen escapes it. A name of nothing that can be seen is the empty name, as if nobody had said one.
 */
export function cleanName(text: string): NameReading {
  // Nothing of what follows changes such a name, and an import cleans a million of them.
  if (text.length <= longestName && /^[!-~]+(?: [!-~]+)*$/.test(text)) return { kind: "ok", name: text };
  if (text.includes("\0")) return { kind: "no", because: "nul", says: "The name holds a NUL character." };
  const name = text
    .replace(faceless, "")
    .replace(controls, "")
    .replace(looseJoiners, "")
    .replace(whiteSpace, " ")
    .trim()
    .normalize("NFC");
  const length = [...name].length;
  if (length > longestName) {
    const says = `The name has ${length} characters; at most ${longestName} are kept.`;
    return { kind: "no", because: "too_long", says };
  }
  return { kind: "ok", name: /[^\p{M}\s]/u.test(name) ? name : "" };
}

/** A name's parts for a greeting, where nobody said them apart: the first word, and all that follows. */
export function splitName(full: string): { first: string; last: string } {
  const [first = "", ...rest] = full.trim().split(/\s+/u);
  return { first, last: rest.join(" ") };
}
