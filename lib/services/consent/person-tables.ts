import { eraseConsentLines, loadLedger, moveConsentLines, moveConsentLinesBack } from "@/db/queries/consent/ledger";
import { loadReachable } from "@/db/queries/consent/load-reachable";
import { exportSuppressions } from "@/db/queries/consent/person-rows";
import { moveSuppressions, moveSuppressionsBack } from "@/db/queries/consent/suppressions";
import { noTopic } from "@/lib/domain/consent/vocabulary";
import type { PersonTable } from "../contacts/person-data";
import { keepRefusalsOf } from "./keep-refusals";
import { hashesOf } from "./reachable";
import { rebuildConsentStates, recordConsents } from "./record-consents";

type JoinedLedger = { moved: string[]; lastSeq: number };

/** What consent knows of a person. */
export const consentTables: PersonTable[] = [
  {
    table: "consents",
    holds: "What the person agreed to or refused, when, where and to which words",
    erase: (tx, contactId) => eraseConsentLines(tx.db, contactId),
    export: async (tx, contactId) => {
      const lines = await loadLedger(tx.db, tx.tenantId, [contactId]);
      return lines.map(({ tenantId: _, id: __, seq: ___, contactId: ____, corrects: _____, topicId, ...line }) => ({
        ...line,
        topicId: topicId === noTopic ? null : topicId,
      }));
    },
    merge: {
      // Two ledgers become one; which line counts then is read from all of them, and a no is not outvoted.
      async join(tx, { winnerId, loserId }) {
        const moved = await moveConsentLines(tx.db, tx.tenantId, loserId, winnerId);
        await rebuildConsentStates(tx, [winnerId]);
        const lines = await loadLedger(tx.db, tx.tenantId, [winnerId]);
        return { moved, lastSeq: lines.at(-1)?.seq ?? 0 } satisfies JoinedLedger;
      },
      async part(tx, { winnerId, loserId }, memory) {
        const { moved, lastSeq } = memory as JoinedLedger;
        await moveConsentLinesBack(tx.db, tx.tenantId, moved, loserId);
        await rebuildConsentStates(tx, [winnerId, loserId]);
        // A no that was said while the two were one is a no of both: nobody knows any more which of them was meant.
        const since = (await loadLedger(tx.db, tx.tenantId, [winnerId])).filter(
          (line) => line.seq > lastSeq && line.state === "denied",
        );
        await recordConsents(
          tx,
          since.map(({ channel, purpose, topicId, source, at }) => ({
            ...{ contactId: loserId, channel, purpose, topicId, source, at, state: "denied" as const },
            sourceDetail: "Said while this contact was merged with another",
          })),
        );
      },
    },
    isDeletedToo: true,
    outlive: keepRefusalsOf,
  },
  {
    table: "consent_states",
    holds: "The last word of each kind, as a quick answer",
    erase: "cascade",
    export: { left: "it repeats the ledger" },
    merge: { left: "it is made anew from the ledger" },
  },
  {
    table: "suppressions",
    holds: "That an address must not be written to, as a keyed hash, with the reason",
    // The list outlives the person, or the next import would bring them back. It only forgets whose address it was.
    erase: async (tx, contactId) => {
      await moveSuppressions(tx.db, tx.tenantId, contactId, null);
      return 0;
    },
    export: async (tx, contactId) => {
      const { people, accounts } = await loadReachable(tx.db, tx.tenantId, [contactId]);
      const hashes = people[0] ? hashesOf({ ...people[0], accounts }) : [];
      return exportSuppressions(tx.db, tx.tenantId, contactId, hashes);
    },
    merge: {
      join: (tx, { winnerId, loserId }) => moveSuppressions(tx.db, tx.tenantId, loserId, winnerId),
      part: (tx, { loserId }, memory) => moveSuppressionsBack(tx.db, tx.tenantId, memory as string[], loserId),
    },
  },
];
