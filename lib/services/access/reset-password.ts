import { expireLinksOf, findLiveMailedLink, spendMailedLink } from "@/db/queries/access/mailed-links";
import { saveSecrets } from "@/db/queries/access/people";
import { deleteOtherSessions } from "@/db/queries/access/sessions";
import { asGate, asGateInTransaction } from "@/db/system";
import { hashSecret } from "@/lib/domain/access/secrets";
import type { Call } from "../context";
import { checkPasswordChoice } from "./check-password-choice";
import { deadLink } from "./confirm-sign-up";
import { tellPasswordChanged } from "./tell-password-changed";

/** A new password by a mailed link. Every session ends: whoever held the old password is out. */
export async function resetPassword(call: Call, request: { token: string; newPassword: string }) {
  checkPasswordChoice(call, request.newPassword, [], "/new_password");
  const tokenHash = hashSecret(request.token);
  // A hash costs half a second and 128 MiB: a stranger with a made-up token must not be able to order one.
  if (!(await asGate((db) => findLiveMailedLink(db, tokenHash, "reset_password", call.now())))) throw deadLink();
  const passwordHash = await call.ports.passwords.hash(request.newPassword);
  const link = await asGateInTransaction(async (db) => {
    const link = await spendMailedLink(db, tokenHash, "reset_password", call.now());
    if (!link?.personId) throw deadLink();
    await saveSecrets(db, link.personId, { passwordHash });
    await deleteOtherSessions(db, link.personId, null);
    await expireLinksOf(db, link.personId, call.now());
    return link;
  });
  await tellPasswordChanged(call, link.email, `reset:${tokenHash}`);
}
