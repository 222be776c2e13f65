import { deleteSessionByToken } from "@/db/queries/access/sessions";
import { asGate } from "@/db/system";
import { hashSecret } from "@/lib/domain/access/secrets";

/** Signing out ends the row: a copy of the cookie opens nothing any more. */
export async function endSession(token: string): Promise<void> {
  await asGate((db) => deleteSessionByToken(db, hashSecret(token)));
}
