import { addExportBytes, changeExport, findExport, lockExport } from "@/db/queries/imports/exports";
import { deletePieces, findPieceFrom, insertPiece } from "@/db/queries/imports/file-pieces";
import { AppError, notFound } from "@/lib/kernel/errors";
import { dayMs } from "@/lib/kernel/time";
import { type Context, read, requireFreshProof, requireScope, type Tx, transaction } from "../context";

/** A day: long enough to fetch a file, short enough that nobody's data lies about. */
export const exportLifeMs = dayMs;

/** Adds a piece to the file of an export, in the caller's transaction: the piece and the pointer past it are one. */
export async function storeFile(tx: Tx, exportId: string, seq: number, bytes: Uint8Array): Promise<void> {
  await insertPiece(tx.db, tx.tenantId, exportId, { seq, bytes: Buffer.from(bytes), createdAt: tx.now() });
  await addExportBytes(tx.db, tx.tenantId, exportId, bytes.length);
}

/**
 * Piece by piece, each in its own short transaction: a slow reader holds no connection. Where the file goes meanwhile, by an
 * erasure or because its day is over, the download breaks off: it must not end as if it were whole.
 */
export async function* streamFile(
  ctx: Context,
  { id, bytes }: { id: string; bytes: number },
): AsyncGenerator<Uint8Array> {
  let seq = 0;
  let sent = 0;
  for (;;) {
    const from = seq;
    const piece = await read(ctx, (tx) => findPieceFrom(tx.db, tx.tenantId, id, from));
    if (!piece && sent < bytes) throw new AppError("conflict", "The file was taken away while it was being read.");
    if (!piece) return;
    seq = piece.seq + 1;
    sent += piece.bytes.length;
    yield piece.bytes;
  }
}

/** Hands out a file that is ready. Every download leaves a line of its own. */
export async function downloadExport(ctx: Context, id: string) {
  requireScope(ctx, "contacts:export");
  requireFreshProof(ctx);
  const found = await transaction(ctx, async (tx) => {
    const row = await findExport(tx.db, tx.tenantId, id);
    if (!row) throw notFound("export");
    // A person's data and the processing record are for those who answer data requests.
    if (row.kind !== "contacts") requireScope(tx, "privacy:read");
    if (row.state === "expired" || row.expiresAt <= tx.now()) {
      const because = row.failure ?? "The file was kept for a day and is gone. Export again.";
      throw new AppError("conflict", because, { reason: "export_expired" });
    }
    if (row.state !== "done") {
      throw new AppError("conflict", "The file is not ready.", { reason: `export_${row.state}` });
    }
    await tx.audit({
      action: "export.downloaded",
      subject: { kind: "export", id, name: row.fileName },
      after: { bytes: row.bytes, rows: row.done },
    });
    return row;
  });
  return { name: found.fileName, contentType: found.contentType, chunks: streamFile(ctx, found) };
}

/** Takes the file away; the line in the list stays and says that there was one. */
export async function expireExport(ctx: Context, id: string): Promise<void> {
  requireScope(ctx, "contacts:export");
  await transaction(ctx, async (tx) => {
    // First the row: a piece that is being written at this moment would otherwise come after the others are gone.
    await lockExport(tx.db, tx.tenantId, id);
    await deletePieces(tx.db, tx.tenantId, id);
    await changeExport(tx.db, tx.tenantId, id, { state: "expired" }, tx.now());
  });
}
