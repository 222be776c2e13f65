import { loadStandingConsents, type StandingConsent } from "@/db/queries/imports/import-undo";
import type { ImportRow } from "@/db/queries/imports/imports";
import { type ConsentInput, recordConsents } from "../consent/record-consents";
import type { Tx } from "../context";
import { consentSource } from "./import-consents";

/** What the ledger said before the file did, as an import remembers it. */
export type FormerConsent = Pick<StandingConsent, "state" | "basis" | "expiresAt">;

/** A line of the import that still counts, and what counted before it. */
export type ImportedConsent = Pick<StandingConsent, "contactId" | "channel" | "lineId"> & {
  before: FormerConsent | null;
};

/**
 * The ledger is only ever added to: what the file said stands there, and behind it that it was a mistake of ours. What the
 * file's no has put on the list of addresses ends with it.
 */
export async function takeBackConsents(tx: Tx, row: ImportRow, lines: readonly ImportedConsent[]): Promise<void> {
  if (lines.length === 0) return;
  const sourceDetail = `Taken back: ${consentSource(row, null)}`;
  await recordConsents(
    tx,
    lines.map((line) => ({
      ...{ contactId: line.contactId, channel: line.channel, purpose: "marketing", source: "import" },
      ...{ ...insteadOf(line, tx.now()), corrects: line.lineId, sourceDetail, at: tx.now() },
    })),
  );
}

/** Of whom the import made and nobody touched everything goes, and so must what its no has put on the list of addresses. */
export async function takeBackRefusals(tx: Tx, row: ImportRow, contactIds: readonly string[]): Promise<void> {
  const standing = await loadStandingConsents(tx.db, tx.tenantId, contactIds);
  const refusals = standing.filter(({ state, source }) => state === "denied" && source === "import");
  await takeBackConsents(
    tx,
    row,
    refusals.map((line) => ({ ...line, before: null })),
  );
}

function insteadOf({ before }: ImportedConsent, now: Date): Pick<ConsentInput, "state" | "basis" | "expiresAt"> {
  if (before?.state === "granted" || before?.state === "denied")
    return { ...before, expiresAt: before.expiresAt === null ? null : new Date(before.expiresAt) };
  // A ledger forgets nothing, and an open question leaves what stands as it is. So in place of silence stands a yes that is
  // over: it allows nothing, and it is no refusal either.
  return { state: "granted", expiresAt: now };
}
