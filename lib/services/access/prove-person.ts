import { findSecrets } from "@/db/queries/access/people";
import { setProven } from "@/db/queries/access/sessions";
import { asGate } from "@/db/system";
import { isFreshlyProven } from "@/lib/domain/access/session";
import { AppError, invalid } from "@/lib/kernel/errors";
import type { PersonCall } from "../context";
import { isRightCode } from "./second-factor";
import { checkPassword } from "./sign-in";

export function requirePersonProof(call: PersonCall): void {
  if (isFreshlyProven(call.session, call.now())) return;
  throw new AppError("forbidden", "Confirm that it is you, then try again.", { reason: "proof_needed" });
}

/** Step-up: a person who has been signed in for a while shows again that it is them. With a second factor on, by a code. */
export async function provePerson(call: PersonCall, given: { password?: string; code?: string }): Promise<void> {
  const secrets = await asGate((db) => findSecrets(db, call.person.id));
  if (secrets?.totpConfirmedAt) {
    if (!given.code || !(await isRightCode(call, call.person.id, given.code)))
      throw invalid("/code", "This code is not right.");
  } else if (secrets?.passwordHash) {
    const right = given.password && (await checkPassword(call, { email: call.person.email, password: given.password }));
    if (!right) throw invalid("/password", "This password is not right.");
  } else {
    throw new AppError("forbidden", "Sign out and in again to confirm that it is you.", { reason: "sign_in_again" });
  }
  await asGate((db) => setProven(db, call.session.id, call.now()));
}
