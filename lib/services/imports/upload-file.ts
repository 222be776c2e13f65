import { createHash } from "node:crypto";
import { insertPiece } from "@/db/queries/imports/file-pieces";
import { changeImport, countOpenImports, insertImport } from "@/db/queries/imports/imports";
import { guessMapping } from "@/lib/domain/contacts/csv/guess-mapping";
import { parsePiece } from "@/lib/domain/contacts/csv/parse-piece";
import { splitUpload, type UploadSummary } from "@/lib/domain/contacts/csv/split-upload";
import type { Import } from "@/lib/domain/imports/shapes";
import { AppError, invalid } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { wireMetadata } from "@/lib/kernel/wire";
import { type Context, requireScope, transaction } from "../context";
import { removeImport } from "./delete-import";
import { loadAttributes } from "./load-attributes";
import { toImport } from "./to-import";

/** Each is personal data that lies here and waits: more than this is a program that forgets to start them. */
const mostOpen = 20;
/** Rows that the guess looks at. */
const sampleRows = 50;

/**
 * Takes in a file as it comes: cut at the ends of rows, each piece in its own short transaction, so neither memory nor a
 * lock grows with the file. Whatever goes wrong on the way leaves nothing; where the process itself ends, the sweep does.
 */
export async function uploadFile(
  ctx: Context,
  given: { fileName: string; metadata?: string },
  bytes: AsyncIterable<Uint8Array>,
): Promise<Import> {
  requireScope(ctx, "contacts:bulk");
  const metadata = readMetadata(given.metadata);
  const id = uuidv7(ctx.now().getTime());
  await transaction(ctx, async (tx) => {
    if ((await countOpenImports(tx.db, tx.tenantId, tx.now())) >= mostOpen) {
      throw new AppError("conflict", `${mostOpen} files wait here already. Start or throw away some of them first.`, {
        reason: "too_many_open_imports",
      });
    }
    await insertImport(tx.db, tx.tenantId, {
      id,
      fileName: given.fileName,
      createdBy: tx.actor.kind === "person" ? tx.actor.id : null,
      createdByName: tx.actor.name,
      metadata,
      createdAt: tx.now(),
    });
  });
  try {
    return await store(ctx, id, given.fileName, bytes);
  } catch (error) {
    await transaction(ctx, (tx) => removeImport(tx, id));
    throw error;
  }
}

async function store(ctx: Context, id: string, fileName: string, bytes: AsyncIterable<Uint8Array>): Promise<Import> {
  const hash = createHash("sha256");
  const pieces = splitUpload(hashed(bytes, hash));
  let sample: { text: string; firstRow: number } | null = null;
  let seq = 0;
  let summary: UploadSummary;
  for (;;) {
    const next = await pieces.next();
    if (next.done) {
      summary = next.value;
      break;
    }
    const { text, firstRow, rows } = next.value;
    sample ??= { text, firstRow };
    const piece = { seq, firstRow, rows, bytes: Buffer.from(text, "utf8") };
    await transaction(ctx, (tx) => insertPiece(tx.db, tx.tenantId, id, { ...piece, createdAt: tx.now() }));
    seq += 1;
  }
  const fault = summary.faults[0];
  if (fault) {
    throw new AppError("invalid_input", fault.message, {
      reason: `csv_${fault.kind}`,
      faults: [{ pointer: fault.row === null ? "" : `/rows/${fault.row}`, message: fault.message }],
    });
  }
  const { encoding, delimiter, header, rows } = summary;
  const columns = header.length;
  const samples = sample
    ? parsePiece(sample.text, { delimiter, columns, firstRow: sample.firstRow })
        .slice(0, sampleRows)
        .map(({ cells }) => cells)
    : [];
  return transaction(ctx, async (tx) => {
    const now = tx.now();
    const mapping = guessMapping(header, samples, await loadAttributes(tx));
    const change = {
      ...({ state: "ready", fileHash: hash.digest("hex"), bytes: summary.bytes } as const),
      ...{ encoding, delimiter, header, rows, mapping },
    };
    const ready = await changeImport(tx.db, tx.tenantId, id, "uploading", change, now);
    if (!ready) throw new AppError("conflict", "The upload took longer than it is kept. Send the file again.");
    await tx.audit({
      action: "import.created",
      subject: { kind: "import", id, name: fileName },
      after: { rows, bytes: summary.bytes },
    });
    return toImport(ready, now);
  });
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: { update(chunk: Uint8Array): unknown }) {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/** A file has no place beside it for JSON, so the caller's own words come in the address. */
function readMetadata(text: string | undefined): Record<string, unknown> | null {
  if (text === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("/metadata", "must be a JSON object");
  }
  const parsed = wireMetadata.safeParse(value);
  // Half a character pair can be written in JSON, and the database stores none.
  if (!parsed.success || /\\u(0000|d[89a-f])/i.test(text))
    throw invalid("/metadata", "must be a JSON object of at most 4 kB");
  return parsed.data;
}
