export const passwordLength = { min: 12, max: 128 } as const;

export type PasswordVerdict =
  | { kind: "fine" }
  | { kind: "refuse"; because: "too_short" | "too_long" | "common" | "contains_you" | "repeats" };

export const passwordRefusals: Record<Exclude<PasswordVerdict, { kind: "fine" }>["because"], string> = {
  too_short: `Use at least ${passwordLength.min} characters. A short sentence works well.`,
  too_long: `Use at most ${passwordLength.max} characters.`,
  common: "This password is on the list that attackers try first. Choose another.",
  contains_you: "Leave your name, e-mail address and workspace out of the password.",
  repeats: "This password repeats itself. Choose one that does not.",
};

/**
 * Length, and not among the first guesses: no rules about kinds of characters, which only make passwords predictable.
 * `isCommon` is handed in because the list is large and lives on the server.
 */
export function judgePassword(
  password: string,
  facts: { about: string[]; isCommon: (text: string) => boolean },
): PasswordVerdict {
  const length = [...password].length;
  if (length < passwordLength.min) return { kind: "refuse", because: "too_short" };
  if (length > passwordLength.max) return { kind: "refuse", because: "too_long" };
  const plain = password.toLowerCase();
  if (new Set(plain).size < 5 || repeatsItself(plain)) return { kind: "refuse", because: "repeats" };
  if (facts.isCommon(plain) || facts.isCommon(plain.replace(/[^a-z]+$/, "")))
    return { kind: "refuse", because: "common" };
  if (mostlyMadeOf(plain, ["madan sara", "madansara", ...facts.about]))
    return { kind: "refuse", because: "contains_you" };
  return { kind: "fine" };
}

function repeatsItself(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}

/** What is left after taking out the words that anyone can look up must still be a password. */
function mostlyMadeOf(plain: string, about: string[]): boolean {
  const words = about.flatMap((word) => word.toLowerCase().split(/[\s@.,_-]+/)).filter((word) => word.length >= 4);
  let rest = plain;
  for (const word of words) rest = rest.replaceAll(word, "");
  return rest.length < plain.length && rest.length < 8;
}
