import type { Tx } from "../context";
import { planRows, prepare } from "./plan-rows";
import { save } from "./save-drafts";
import { failed, type WriteOptions, type WriteOutcome, type WriteRow } from "./write-shapes";

/** Somebody else may take the same external id at the same moment; then the row is looked at again. */
const mostRounds = 3;

/**
 * The one way in which contacts are written, for one as for thousands: who is meant, what is different, and only that, in
 * the same number of statements however many they are. A row that cannot be written says why and stops no other.
 */
export async function writeContacts(tx: Tx, rows: readonly WriteRow[], options: WriteOptions): Promise<WriteOutcome[]> {
  const outcomes = new Map<number, WriteOutcome>();
  const prepared = await prepare(tx, rows, options);
  let waiting = rows.map((_, index) => index);
  for (let round = 0; round < mostRounds && waiting.length > 0; round++) {
    const plan = await planRows(tx, rows, waiting, prepared, options);
    const lost = await save(tx, plan, options);
    waiting = [];
    for (const outcome of plan.outcomes)
      if (outcome.id && lost.has(outcome.id)) waiting.push(outcome.index);
      else outcomes.set(outcome.index, outcome);
  }
  for (const index of waiting)
    outcomes.set(index, failed(index, "", "is being written by somebody else at this moment; try again"));
  return rows.map((_, index) => outcomes.get(index) ?? failed(index, "", "was not written"));
}
