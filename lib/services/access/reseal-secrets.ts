import { listSealedSecrets, saveSecrets } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import type { SecretBox, SecretPlace } from "@/lib/domain/access/ports";

const batch = 500;

/**
 * Seals again what was sealed with an older key, so that the old key can leave ENCRYPTION_KEYS. Safe to stop and to run
 * again: each secret is either old or new, and both open while both keys are there.
 */
export async function resealSecrets(box: SecretBox & { isOld(envelope: string): boolean }): Promise<number> {
  let resealed = 0;
  let after: string | null = null;
  for (;;) {
    const rows: { personId: string; totpSecret: string }[] = await asGate((db) => listSealedSecrets(db, after, batch));
    for (const { personId, totpSecret } of rows) {
      if (!box.isOld(totpSecret)) continue;
      const place: SecretPlace = `person_secrets:totp_secret::${personId}`;
      await asGate((db) => saveSecrets(db, personId, { totpSecret: box.seal(box.open(totpSecret, place), place) }));
      resealed += 1;
    }
    after = rows.at(-1)?.personId ?? null;
    if (rows.length < batch || after === null) return resealed;
  }
}
