import { judgePassword, passwordLength, passwordRefusals } from "@/lib/domain/access/password";

export type PasswordWords = { says: string; share: number; isFine: boolean };

/** How far a new password has come, in words. The list of common ones lives on the server, which has the last word. */
export function passwordWords(password: string, about: string[]): PasswordWords {
  const length = [...password].length;
  const share = Math.min(1, length / (passwordLength.min * 2));
  if (length === 0)
    return { says: `At least ${passwordLength.min} characters. A short sentence works well.`, share, isFine: false };
  const verdict = judgePassword(password, { about, isCommon: () => false });
  if (verdict.kind === "refuse" && verdict.because === "too_short")
    return { says: `${length} of at least ${passwordLength.min} characters`, share, isFine: false };
  if (verdict.kind === "refuse") return { says: passwordRefusals[verdict.because], share, isFine: false };
  if (length < 16) return { says: `Long enough: ${length} characters. Longer is stronger.`, share, isFine: true };
  return {
    says: `${length < passwordLength.min * 2 ? "Strong" : "Very strong"}: ${length} characters`,
    share,
    isFine: true,
  };
}

/** For a form: why a new password is refused, or null. */
export function passwordFault(password: string, about: string[]): string | null {
  if (password === "") return "Choose a password.";
  const verdict = judgePassword(password, { about, isCommon: () => false });
  return verdict.kind === "refuse" ? passwordRefusals[verdict.because] : null;
}
