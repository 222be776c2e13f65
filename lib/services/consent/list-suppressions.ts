import type { z } from "zod";
import { resolveContact } from "@/db/queries/consent/load-reachable";
import { listSuppressions as listRows, loadActiveSuppressions } from "@/db/queries/consent/suppressions";
import type {
  CheckAddressAnswer,
  CheckAddressRequest,
  SuppressionList,
  SuppressionQuery,
} from "@/lib/domain/consent/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope, transaction } from "../context";
import { hashesOf, hashTyped } from "./reachable";
import { loadPerson } from "./suppress";
import { toSuppression } from "./to-suppression";

/** The list, newest first: reasons, scopes and days. No address can be read out of it. */
export async function listSuppressions(
  ctx: Context,
  query: SuppressionQuery,
): Promise<z.output<typeof SuppressionList>> {
  requireScope(ctx, "consent:read");
  return read(ctx, async (tx) => {
    const { contact, reason, state, skip, limit } = query;
    const id = contact ? await resolveContact(tx.db, tx.tenantId, contact) : null;
    if (contact && !id) throw notFound("contact");
    const hashes = id ? hashesOf(await loadPerson(tx, id)) : undefined;
    const beforeId = readCursor(query.cursor, "uuid");
    const rows = await listRows(tx.db, tx.tenantId, {
      ...{ hashes, reason, state, skip, beforeId, limit: limit + 1 },
    });
    const { items, nextCursor } = page(rows, limit, (row) => row.id);
    return { items: items.map((row) => toSuppression(tx, row)), nextCursor };
  });
}

/** Whether an address that somebody types is on the list. It is hashed and forgotten. */
export async function checkAddress(
  ctx: Context,
  request: z.output<typeof CheckAddressRequest>,
): Promise<z.output<typeof CheckAddressAnswer>> {
  requireScope(ctx, "consent:read");
  return transaction(ctx, async (tx) => {
    const hashes = hashTyped(tx, request.address, request.channel);
    const rows = await loadActiveSuppressions(tx.db, tx.tenantId, hashes);
    return { isSuppressed: rows.length > 0, items: rows.map((row) => toSuppression(tx, row)) };
  });
}
