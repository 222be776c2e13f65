import { expireLinksOf } from "@/db/queries/access/mailed-links";
import { findSecrets, saveSecrets } from "@/db/queries/access/people";
import { deleteOtherSessions } from "@/db/queries/access/sessions";
import { asGate, asGateInTransaction } from "@/db/system";
import { invalid } from "@/lib/kernel/errors";
import type { PersonCall } from "../context";
import { checkPasswordChoice } from "./check-password-choice";
import { requirePersonProof } from "./prove-person";
import { checkPassword } from "./sign-in";
import { tellPasswordChanged } from "./tell-password-changed";

/** Changes or sets the password, ends all other sessions and tells the person by mail that it happened. */
export async function changePassword(call: PersonCall, request: { currentPassword?: string; newPassword: string }) {
  const { person, session } = call;
  const secrets = await asGate((db) => findSecrets(db, person.id));
  if (secrets?.passwordHash) {
    const password = request.currentPassword ?? "";
    const right = password !== "" && (await checkPassword(call, { email: person.email, password }));
    if (!right) throw invalid("/current_password", "This is not your current password.");
  } else {
    requirePersonProof(call);
  }
  checkPasswordChoice(call, request.newPassword, [person.email, person.name], "/new_password");
  const passwordHash = await call.ports.passwords.hash(request.newPassword);
  const revoked = await asGateInTransaction(async (db) => {
    await saveSecrets(db, person.id, { passwordHash });
    await expireLinksOf(db, person.id, call.now());
    return deleteOtherSessions(db, person.id, session.id);
  });
  await tellPasswordChanged(call, person.email, `${session.id}:${call.now().getTime()}`);
  return { revoked };
}
