import { expireLinksOf, spendMailedLink } from "@/db/queries/access/mailed-links";
import { saveSecrets } from "@/db/queries/access/people";
import { deleteOtherSessions } from "@/db/queries/access/sessions";
import { asGateInTransaction } from "@/db/system";
import { hashSecret } from "@/lib/domain/access/secrets";
import type { Call } from "../context";
import { checkPasswordChoice } from "./check-password-choice";
import { deadLink } from "./confirm-sign-up";

/** A new password by a mailed link. Every session ends: whoever held the old password is out. */
export async function resetPassword(call: Call, request: { token: string; newPassword: string }) {
  checkPasswordChoice(call, request.newPassword, [], "/new_password");
  const passwordHash = await call.ports.passwords.hash(request.newPassword);
  await asGateInTransaction(async (db) => {
    const link = await spendMailedLink(db, hashSecret(request.token), "reset_password", call.now());
    if (!link?.personId) throw deadLink();
    await saveSecrets(db, link.personId, { passwordHash });
    await deleteOtherSessions(db, link.personId, null);
    await expireLinksOf(db, link.personId, call.now());
  });
}
