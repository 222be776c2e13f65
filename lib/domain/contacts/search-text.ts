export type Searched = {
  name: string;
  email: string | null;
  /** In E.164. */
  phone: string | null;
  externalId: string | null;
};

const longestText = 1_000;
const longestWord = 60;
const mostWords = 6;

/**
 * The text under which a contact is found. What a person types goes through the same folding (`searchWords`), so a word of
 * the name is found in any case, with or without its accents, and a number in any spelling.
 */
export function searchText(contact: Searched, company: string | null = null): string {
  const fields = [contact.name, contact.email, contact.phone, contact.externalId, company];
  const folded = fields.map((field) => foldText(field ?? "")).filter((field) => field !== "");
  const text = folded.join(" ");
  const numbers = new Set<string>();
  for (const field of folded)
    for (const part of [field, ...field.split(" ")]) {
      const number = numberIn(part);
      if (number !== null && !text.includes(number)) numbers.add(number);
    }
  return wholeStart([text, ...numbers].join(" "), longestText);
}

/** The words that a contact's text must hold, every one of them. None where nothing was typed that can be searched. */
export function searchWords(query: string): string[] {
  // Nobody types more; what is pasted by mistake must not cost more than its beginning.
  const folded = foldText(query.slice(0, longestText));
  const number = numberIn(folded);
  if (number !== null) return [wholeStart(number, longestWord)];
  const words = folded.split(" ").map((word) => wholeStart(numberIn(word) ?? word, longestWord));
  return [...new Set(words.filter((word) => word !== ""))].slice(0, mostWords);
}

/** Letters that are drawn with a stroke or as one: Unicode takes no accent off them, but people type them without. */
const plainLetters: Record<string, string> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ħ: "h",
  ŧ: "t",
  ı: "i",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ς: "σ",
};

/** One spelling for all: no case, no accents, no invisible characters, one kind of dash, no apostrophes. */
function foldText(text: string): string {
  // Most addresses, numbers and names are plain, and an import folds half a million of them.
  if (/^[!-~]*(?: [!-~]+)*$/.test(text)) return text.toLowerCase().replace(/['`]/g, "").replace(/ {2,}/g, " ").trim();
  // Marks go before the case does: the capital of a small iota below is a letter beside.
  const bare = bareOf(text);
  return (
    // Down, up and down, because some letters have two small forms, and a capital sharp s has no other capital.
    bareOf(bare.toLowerCase().toUpperCase().toLowerCase())
      .replace(/[łøđħŧıðþæœς]/g, (letter) => plainLetters[letter] ?? letter)
      .replace(/\p{Pd}/gu, "-")
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim()
  );
}

/** In parts, without what is only drawn on, over or between the letters. */
function bareOf(text: string): string {
  // The lone accent that people type for an apostrophe goes before the second step, which would make it a space.
  return text
    .normalize("NFD")
    .replace(/\u00b4/g, "")
    .normalize("NFKD")
    .replace(undrawn, "");
}

const undrawn = /[\p{M}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}'\u2018\u2019\u02bc\u02b9`]/gu;

/**
 * The digits of what looks like a phone number, without the zeros that are dialled at home only: 06 12 34 56 78 is part of
 * +33612345678. Null for everything else, and for numbers too short to be sure.
 */
function numberIn(folded: string): string | null {
  if (!/^\+?[\d\s()./-]+$/.test(folded)) return null;
  const digits = folded.replace(/\(0\)/g, "").replace(/\D/g, "");
  return digits.length >= 7 ? digits.replace(/^0+/, "") || digits : null;
}

/** The beginning of a text, never ending in half a character, which PostgreSQL does not take. */
function wholeStart(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}
