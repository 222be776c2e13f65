import type { z } from "zod";
import { findLiveMailedLink, spendMailedLink } from "@/db/queries/access/mailed-links";
import { insertPerson, saveSecrets } from "@/db/queries/access/people";
import { asGate, asGateInTransaction } from "@/db/system";
import { hashSecret } from "@/lib/domain/access/secrets";
import type { ConfirmSignUpRequest } from "@/lib/domain/access/shapes";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import type { Call } from "../context";
import { checkPasswordChoice } from "./check-password-choice";
import { createWorkspace } from "./create-workspace";

type SignUp = { name: string; workspaceName: string; timeZone: string | null };

/**
 * The link proves the address: now the person and their workspace are made, with the password that the link's holder
 * chooses. Whoever only typed the address into our form knows nothing that opens the account.
 */
export async function confirmSignUp(call: Call, request: z.output<typeof ConfirmSignUpRequest>) {
  const tokenHash = hashSecret(request.token);
  // Before the hash is made: a stranger with a made-up token must not be able to order one.
  const asked = await asGate((db) => findLiveMailedLink(db, tokenHash, "sign_up", call.now()));
  if (!asked) throw deadLink();
  const { name, workspaceName, timeZone } = asked.payload as SignUp;
  checkPasswordChoice(call, request.password, [asked.email, name, workspaceName], "/password");
  const passwordHash = await call.ports.passwords.hash(request.password);
  const person = await asGateInTransaction(async (db) => {
    const link = await spendMailedLink(db, tokenHash, "sign_up", call.now());
    if (!link) throw deadLink();
    const made = await insertPerson(db, { id: uuidv7(call.now().getTime()), email: link.email, name });
    if (!made) {
      throw new AppError("conflict", "This address has an account already. Sign in instead.", {
        reason: "known_address",
      });
    }
    await saveSecrets(db, made.id, { passwordHash });
    return made;
  });
  const workspace = await createWorkspace(call, person, { name: workspaceName, timeZone: timeZone ?? undefined });
  return { tenantUuid: workspace.tenantUuid, email: person.email };
}

export function deadLink() {
  return new AppError("not_found", "This link was used before or has expired. Ask for a new one.", {
    reason: "dead_link",
  });
}
