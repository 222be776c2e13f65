import { insertExport } from "@/db/queries/imports/exports";
import type { ContactFilter } from "@/lib/domain/contacts/shapes";
import { exportRequested } from "@/lib/domain/imports/events";
import type { Export } from "@/lib/domain/imports/shapes";
import type { ExportColumn } from "@/lib/domain/imports/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { addMs } from "@/lib/kernel/time";
import { refuseVagueSearch } from "../contacts/refuse-vague-search";
import { type Context, requireFreshProof, requireScope, transaction } from "../context";
import { exportLifeMs } from "./export-files";
import { toExport } from "./to-export";

/** What is wanted of whom. Kept with the export, because the file is written later and elsewhere. */
export type ExportScope = { filter: ContactFilter; columns: ExportColumn[] | null };

export async function createExport(
  ctx: Context,
  request: { filter?: ContactFilter; columns?: ExportColumn[]; metadata?: Record<string, unknown> },
): Promise<Export> {
  requireScope(ctx, "contacts:export");
  requireFreshProof(ctx);
  return transaction(ctx, async (tx) => {
    const now = tx.now();
    await refuseVagueSearch(tx, request.filter ?? {}, "/filter/search");
    const scope: ExportScope = { filter: request.filter ?? {}, columns: request.columns ?? null };
    const row = await insertExport(tx.db, tx.tenantId, {
      id: uuidv7(now.getTime()),
      kind: "contacts",
      fileName: `contacts-${now.toISOString().slice(0, 10)}.csv`,
      contentType: "text/csv; charset=utf-8",
      scope,
      createdBy: tx.actor.kind === "person" ? tx.actor.id : null,
      createdByName: tx.actor.name,
      metadata: request.metadata,
      expiresAt: addMs(now, exportLifeMs),
      createdAt: now,
    });
    await tx.publish(exportRequested, { exportId: row.id });
    await tx.audit({
      action: "export.created",
      subject: { kind: "export", id: row.id, name: row.fileName },
      // What was searched for may be a person's name; that there was a search is enough.
      after: { ...scope.filter, ...(scope.filter.search ? { search: "…" } : {}) },
    });
    return toExport(row, now);
  });
}
