import { loadReachable } from "@/db/queries/consent/load-reachable";
import { saidInFile } from "@/lib/domain/consent/said-in-file";
import { noTopic } from "@/lib/domain/consent/vocabulary";
import { consentColumns } from "@/lib/domain/imports/vocabulary";
import { grouped } from "../consent/grouped";
import { toStop } from "../consent/reachable";
import type { Tx } from "../context";
import type { SaidCells } from "./export-cells";

/** What these contacts say to marketing, as the columns of a file tell it. */
export async function loadSaid(tx: Tx, contactIds: readonly string[]): Promise<Map<string, SaidCells>> {
  const { people, accounts, stops, said } = await loadReachable(tx.db, tx.tenantId, contactIds);
  const stopsOf = grouped(stops.map(toStop), (stop) => stop.addressHash);
  const accountsOf = grouped(accounts, (account) => account.contactId);
  const lines = new Map(
    said
      .filter(({ purpose, topicId }) => purpose === "marketing" && topicId === noTopic)
      .map((line) => [`${line.contactId} consent_${line.channel}`, line]),
  );
  const now = tx.now();
  return new Map(
    people.map(({ id, emailHash, phoneHash }) => {
      const cells: SaidCells = {};
      for (const column of consentColumns) {
        const channel = column.slice("consent_".length);
        const own = (accountsOf.get(id) ?? []).flatMap((account) =>
          account.channel === channel ? [account.addressHash] : [],
        );
        const hashes = [channel === "email" ? emailHash : phoneHash, ...own];
        const against = hashes.flatMap((hash) => (hash === null ? [] : (stopsOf.get(hash) ?? [])));
        const says = saidInFile({ channel, line: lines.get(`${id} ${column}`) ?? null, stops: against }, now);
        if (says !== null) cells[column] = says;
      }
      return [id, cells] as const;
    }),
  );
}
