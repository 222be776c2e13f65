import { loadStandingConsents } from "@/db/queries/imports/import-undo";
import type { ImportRow } from "@/db/queries/imports/imports";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import { toWireId } from "@/lib/kernel/ids";
import { type ConsentInput, recordConsents } from "../consent/record-consents";
import type { Tx } from "../context";
import type { ReadRow } from "./read-rows";
import type { FormerConsent } from "./take-back-consents";
import type { chosen } from "./update-import";

/** What the rows of one person say together, beside what stands in the contact. */
export type Said = {
  /** Whether a row of theirs was taken in. Of whom the policy leaves as they are only a no is heard. */
  isTaken: boolean;
  consents: Map<Channel, boolean>;
  notes: string[];
};

/** A file may name somebody twice: a no in any of the rows is a no, whichever stands last, and every note is kept. */
export function gatherSaid(
  said: Map<string, Said>,
  contactId: string,
  { consents, note }: Pick<ReadRow, "consents" | "note">,
  isTaken: boolean,
): void {
  const own: Said = said.get(contactId) ?? { isTaken, consents: new Map(), notes: [] };
  said.set(contactId, own);
  for (const { channel, isGranted } of consents)
    if (!isGranted || (isTaken && !own.consents.has(channel))) own.consents.set(channel, isGranted);
  if (!isTaken) return;
  own.isTaken = true;
  if (note !== null && !own.notes.includes(note)) own.notes.push(note);
}

type AssertedConsent = ReturnType<typeof chosen>["options"]["consent"];

/** What the file says by its columns goes before what was said of all. Answers of whom something new was taken down. */
export async function writeConsents(
  tx: Tx,
  row: ImportRow,
  asserted: AssertedConsent,
  said: ReadonlyMap<string, Said>,
): Promise<{ contactId: string; channel: Channel; lineId: string; before: FormerConsent | null }[]> {
  const sourceDetail = consentSource(row, asserted);
  const lines: ConsentInput[] = [...said].flatMap(([contactId, { isTaken, consents }]) => {
    const ofAll = isTaken ? (asserted?.channels ?? []).filter((channel) => !consents.has(channel)) : [];
    return [...consents, ...ofAll.map((channel) => [channel, true] as const)].map(
      ([channel, isGranted]): ConsentInput => ({
        contactId,
        channel,
        purpose: "marketing",
        state: isGranted ? "granted" : "denied",
        // A colleague who starts a list answers for it by name; of a program it is only an assertion.
        basis: row.isVouchedFor ? "express" : "caller_asserted",
        source: "import",
        sourceDetail,
        actorName: row.startedByName ?? row.createdByName,
        at: tx.now(),
      }),
    );
  });
  if (lines.length === 0) return [];
  const ids = [...new Set(lines.map(({ contactId }) => contactId))];
  const standing = new Map(
    (await loadStandingConsents(tx.db, tx.tenantId, ids)).map(
      ({ contactId, channel, state, basis, expiresAt }) =>
        [`${contactId} ${channel}`, { state, basis, expiresAt }] as const,
    ),
  );
  // A yes that would outvote somebody's no is refused line by line; the person is in all the same.
  const outcomes = await recordConsents(tx, lines);
  return lines.flatMap(({ contactId, channel }, at) => {
    const outcome = outcomes[at];
    const before = standing.get(`${contactId} ${channel}`) ?? null;
    return outcome?.kind === "recorded" ? [{ contactId, channel, lineId: outcome.id, before }] : [];
  });
}

export function consentSource(row: Pick<ImportRow, "id" | "fileName">, asserted: AssertedConsent): string {
  const file = `${row.fileName}, ${toWireId("import", row.id)}`;
  return asserted ? `${asserted.source} (${file})` : `The file ${file}`;
}
