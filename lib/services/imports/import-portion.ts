import { commitBehind } from "@/db/queries/imports/commit-behind";
import { deletePieces, findPieceFrom } from "@/db/queries/imports/file-pieces";
import { changeImport, findImport, type ImportCounts, lockImport } from "@/db/queries/imports/imports";
import { type Context, read, requireScope, transaction } from "../context";
import { importPiece, type ReadPiece, readPiece } from "./import-piece";
import { loadRowReader } from "./load-reading-facts";
import type { RowReader } from "./read-rows";
import { chosen } from "./update-import";

/** A step works about so long: what a crash costs at most, and how often the run is heard of. */
const portionMs = 15_000;

export type Portion = { isOver: boolean; rows: number; created: number; updated: number; failed: number };

/**
 * Takes in pieces for a while. Each is a transaction of its own, so whatever happens costs one piece of work. While the
 * database writes one, the next is read and judged here.
 */
export async function importPortion(ctx: Context, id: string): Promise<Portion> {
  requireScope(ctx, "contacts:bulk");
  const until = performance.now() + portionMs;
  const sum: Portion = { isOver: false, rows: 0, created: 0, updated: 0, failed: 0 };
  const reader = pieceReader(ctx, id);
  let ahead = reader.next(0);
  for (;;) {
    const piece = await ahead;
    // After the last one it is looked whether that is still so: another run may have given a piece back.
    ahead = reader.next(piece ? piece.seq + 1 : 0);
    // Whoever waits for it hears of a failure; until then it must not count as one that nobody looks at.
    ahead.catch(() => undefined);
    const counts = piece ? await writePiece(ctx, id, piece) : await endImport(ctx, id);
    if (counts === "over") return { ...sum, isOver: true };
    if (counts !== "elsewhere") {
      sum.rows += counts.done;
      sum.created += counts.created;
      sum.updated += counts.updated;
      sum.failed += counts.failed;
    }
    if (performance.now() > until) return sum;
  }
}

/** Reads the piece with this number or the one that stands next, with what its rows say. Null where there is none left. */
function pieceReader(ctx: Context, id: string) {
  let reader: RowReader | undefined;
  return {
    async next(from: number): Promise<ReadPiece | null> {
      const found = await read(ctx, async (tx) => {
        const row = await findImport(tx.db, tx.tenantId, id);
        if (row?.state !== "running") return null;
        const piece = await findPieceFrom(tx.db, tx.tenantId, id, Math.max(from, row.nextPiece));
        // The choices cannot change any more, and every piece of the file is read alike.
        reader ??= await loadRowReader(tx, row, chosen(row, {}));
        return piece && { row, piece };
      });
      return found && reader ? readPiece(ctx, found.row, found.piece, reader) : null;
    },
  };
}

type Written = ImportCounts | "elsewhere" | "over";

async function writePiece(ctx: Context, id: string, piece: ReadPiece): Promise<Written> {
  return transaction(ctx, async (tx) => {
    // Held until the commit: another run of the same import waits here, and then finds that this piece is in.
    const row = await lockImport(tx.db, tx.tenantId, id);
    if (row?.state !== "running") return "over";
    if (row.nextPiece > piece.seq) return "elsewhere";
    await commitBehind(tx.db);
    return importPiece(tx, row, piece);
  });
}

async function endImport(ctx: Context, id: string): Promise<Written> {
  return transaction(ctx, async (tx) => {
    const row = await lockImport(tx.db, tx.tenantId, id);
    if (row?.state !== "running") return "over";
    // Read ahead of its time, while the last pieces were still being written elsewhere.
    if (await findPieceFrom(tx.db, tx.tenantId, id, row.nextPiece)) return "elsewhere";
    const now = tx.now();
    await changeImport(tx.db, tx.tenantId, id, "running", { state: "done", endedAt: now }, now);
    // The file has served: what it said is in the contacts, and what could not be taken in is kept with its reason.
    await deletePieces(tx.db, tx.tenantId, id);
    return "over";
  });
}
