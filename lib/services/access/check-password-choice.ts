import { judgePassword, passwordRefusals } from "@/lib/domain/access/password";
import { invalid } from "@/lib/kernel/errors";
import type { Call } from "../context";

/** Refuses a password that guessing would find, with the reason beside the field. */
export function checkPasswordChoice(call: Call, password: string, about: string[], pointer: string): void {
  const verdict = judgePassword(password, { about, isCommon: call.ports.passwords.isCommon });
  if (verdict.kind === "refuse") throw invalid(pointer, passwordRefusals[verdict.because]);
}
