import type { ImportRow } from "@/db/queries/imports/imports";
import { actsOn } from "@/lib/domain/imports/acts";
import { progressOf } from "@/lib/domain/imports/progress";
import { type Import, type ImportOptions, noOptions } from "@/lib/domain/imports/shapes";

export function toImport(row: ImportRow, now: Date): Import {
  const { rows, done, startedAt } = row;
  const isGoing = row.state === "running";
  const { rowsPerSecond, secondsLeft } = progressOf({ rows, done, startedAt, endedAt: row.endedAt, now });
  return {
    id: row.id,
    fileName: row.fileName,
    fileHash: row.fileHash,
    bytes: row.bytes,
    encoding: row.encoding,
    delimiter: row.delimiter,
    header: row.header,
    state: row.state,
    mapping: row.mapping as Import["mapping"],
    policy: row.policy,
    options: optionsOf(row),
    rows,
    done,
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    failed: row.failed,
    rowsPerSecond,
    secondsLeft: isGoing ? secondsLeft : null,
    failure: row.failure,
    acts: actsOn(row.state),
    undone: row.undone,
    createdByName: row.createdByName,
    metadata: (row.metadata ?? null) as Import["metadata"],
    startedAt,
    endedAt: row.endedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** What was chosen so far: what nobody chose is as it is at the beginning. */
export function optionsOf(row: Pick<ImportRow, "options">): ImportOptions {
  return { ...noOptions, ...(row.options as Partial<ImportOptions>) };
}
