import { findErasedHashes } from "@/db/queries/contacts/find-known";
import type { Tx } from "../context";

type Line = {
  email_hash?: string | null;
  phone_hash?: string | null;
  external_id?: string | null;
  address_hash?: string;
};

/** Under which keys the list knows whom a photographed row is about. */
export function hashesIn(tx: Pick<Tx, "ports" | "tenantId">, line: string): string[] {
  const { email_hash, phone_hash, external_id, address_hash } = JSON.parse(line) as Line;
  const account = external_id && !address_hash ? tx.ports.hashes.hash(tx.tenantId, "external_id", external_id) : null;
  return [email_hash, phone_hash, address_hash, account].filter((hash) => typeof hash === "string");
}

/**
 * Which of these photographed rows are about somebody who was erased since. An undo brings back what was there, but nobody
 * who asked to be gone.
 */
export async function findErasedLines(tx: Tx, lines: readonly string[]): Promise<Set<string>> {
  const hashes = new Map(lines.map((line) => [line, hashesIn(tx, line)]));
  const erased = await findErasedHashes(tx.db, tx.tenantId, [...new Set([...hashes.values()].flat())]);
  if (erased.size === 0) return new Set();
  return new Set(lines.filter((line) => hashes.get(line)?.some((hash) => erased.has(hash))));
}
