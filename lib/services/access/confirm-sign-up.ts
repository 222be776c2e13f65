import { spendMailedLink } from "@/db/queries/access/mailed-links";
import { insertPerson, saveSecrets } from "@/db/queries/access/people";
import { asGateInTransaction } from "@/db/system";
import { hashSecret } from "@/lib/domain/access/secrets";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import type { Call } from "../context";
import { createWorkspace } from "./create-workspace";

type SignUp = { name: string; workspaceName: string; passwordHash: string; timeZone: string | null };

/** The link proves the address: now the person and their workspace are made. */
export async function confirmSignUp(call: Call, request: { token: string }) {
  const person = await asGateInTransaction(async (db) => {
    const link = await spendMailedLink(db, hashSecret(request.token), "sign_up", call.now());
    if (!link) throw deadLink();
    const asked = link.payload as SignUp;
    const made = await insertPerson(db, { id: uuidv7(call.now().getTime()), email: link.email, name: asked.name });
    if (!made)
      throw new AppError("conflict", "This address has an account already. Sign in instead.", {
        reason: "known_address",
      });
    await saveSecrets(db, made.id, { passwordHash: asked.passwordHash });
    return { ...made, asked };
  });
  const workspace = await createWorkspace(call, person, {
    name: person.asked.workspaceName,
    timeZone: person.asked.timeZone ?? undefined,
  });
  return { tenantUuid: workspace.tenantUuid, email: person.email };
}

export function deadLink() {
  return new AppError("not_found", "This link was used before or has expired. Ask for a new one.", {
    reason: "dead_link",
  });
}
