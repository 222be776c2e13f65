import { and, asc, eq, gte } from "drizzle-orm";
import type { Db } from "@/db/client";
import { filePieces } from "@/db/schema/imports";
import type { TenantId } from "@/lib/kernel/tenant";

export type FilePiece = { seq: number; firstRow: number; rows: number; bytes: Buffer };

export async function insertPiece(
  db: Db,
  tenantId: TenantId,
  fileId: string,
  piece: { seq: number; firstRow?: number; rows?: number; bytes: Buffer; createdAt: Date },
): Promise<void> {
  await db.insert(filePieces).values({ tenantId, fileId, ...piece });
}

/** The piece with this number, or the next one there is: numbers may have gaps. */
export async function findPieceFrom(
  db: Db,
  tenantId: TenantId,
  fileId: string,
  seq: number,
): Promise<FilePiece | null> {
  const rows = await db
    .select({
      seq: filePieces.seq,
      firstRow: filePieces.firstRow,
      rows: filePieces.rows,
      bytes: filePieces.bytes,
    })
    .from(filePieces)
    .where(and(eq(filePieces.tenantId, tenantId), eq(filePieces.fileId, fileId), gte(filePieces.seq, seq)))
    .orderBy(asc(filePieces.seq))
    .limit(1);
  return rows[0] ?? null;
}

export async function deletePieces(db: Db, tenantId: TenantId, fileId: string): Promise<void> {
  await db.delete(filePieces).where(and(eq(filePieces.tenantId, tenantId), eq(filePieces.fileId, fileId)));
}
