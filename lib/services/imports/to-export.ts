import type { ExportRow } from "@/db/queries/imports/exports";
import type { Export } from "@/lib/domain/imports/shapes";

export function toExport(row: ExportRow, now: Date): Export {
  const { id, kind, fileName, contentType, rows, done, bytes, failure, createdByName } = row;
  return {
    id,
    kind,
    fileName,
    contentType,
    // The file is refused from that moment, though the sweep that empties it comes minutes later.
    state: row.expiresAt <= now ? "expired" : row.state,
    rows,
    done,
    bytes,
    failure,
    createdByName,
    metadata: (row.metadata ?? null) as Export["metadata"],
    expiresAt: row.expiresAt,
    endedAt: row.endedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
