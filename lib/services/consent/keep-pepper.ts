import { keepPepper } from "@/db/queries/consent/peppers";
import { AppError } from "@/lib/kernel/errors";
import type { Tx } from "../context";

/**
 * A list that is half made with one pepper and half with another protects nobody and does not look broken. So before
 * anything is written to it, its pepper must be the one it began with.
 */
export async function requirePepper(tx: Tx): Promise<void> {
  const own = tx.ports.hashes.fingerprint();
  const first = await keepPepper(tx.db, tx.tenantId, own, tx.now());
  if (first === own) return;
  throw new AppError(
    "unavailable",
    "The suppression list was made with another SUPPRESSION_PEPPER. Start with the first one again; nothing was changed.",
    { reason: "pepper_differs" },
  );
}
