"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { bytesInWords, count } from "@/components/imports/amount-words";
import { ExportDownload } from "@/components/imports/export-download";
import { ProgressBar } from "@/components/imports/progress-bar";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { TextLink } from "@/components/ui/text-link";
import { ApiError } from "@/lib/client/api";
import { createExport, exportQuery, isBeingWritten } from "@/lib/client/imports";
import type { ContactFilter } from "@/lib/domain/contacts/shapes";
import { type ExportColumn, exportColumns } from "@/lib/domain/imports/vocabulary";

const label = (column: ExportColumn) => {
  const words = column.replaceAll("_", " ");
  return words === "id" ? "Id" : `${words[0]?.toUpperCase()}${words.slice(1)}`;
};

/** Exports whom the list shows: chosen here, written in the background, kept for a day under Imports and exports. */
export function ExportDialog({
  filter,
  isOpen,
  onClose,
}: {
  filter: ContactFilter;
  isOpen: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Export contacts"
      says={
        Object.keys(filter).length > 0
          ? "Everybody whom the filters of the list show, as a CSV file."
          : "Everybody, as a CSV file."
      }
    >
      <Body filter={filter} onClose={onClose} />
    </Dialog>
  );
}

function Body({ filter, onClose }: { filter: ContactFilter; onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const [columns, setColumns] = useState<readonly ExportColumn[]>(exportColumns);
  const begin = useMutation({
    mutationFn: () =>
      createExport({ filter, ...(columns.length < exportColumns.length ? { columns: [...columns] } : {}) }),
    onSuccess: () => void client.invalidateQueries({ queryKey: [tenantUuid, "exports"] }),
  });
  const begun = begin.data;
  const written = useQuery({ ...exportQuery(tenantUuid, begun?.id ?? ""), enabled: Boolean(begun) });
  const file = written.data ?? begun;

  if (file) {
    return (
      <div className="grid gap-3" role="status">
        {isBeingWritten(file) ? (
          <>
            <ProgressBar done={file.done} total={file.rows || file.done * 2} label="Export" />
            <p className="num text-13 text-soft">{count(file.done, "contact")} written</p>
          </>
        ) : file.state === "failed" ? (
          <Note tone="bad">{file.failure ?? "The file could not be written."}</Note>
        ) : (
          <Note tone="good" action={<ExportDownload file={file} />}>
            {count(file.done, "contact")}, {bytesInWords(file.bytes)}. The file is kept for a day.
          </Note>
        )}
        <p className="text-13 text-soft">
          You can close this: the file is found under{" "}
          <TextLink href="/contacts/imports" look="ink">
            Imports and exports
          </TextLink>
          .
        </p>
        <div className="flex justify-end">
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    );
  }
  const refused = begin.error;
  const isRefused = refused && !(refused instanceof ApiError && refused.reason === "proof_needed");
  return (
    <div className="grid gap-3">
      {isRefused && (
        <Note tone="bad" role="alert">
          {refused.message}
        </Note>
      )}
      <fieldset className="grid grid-cols-2 gap-x-4 sm:grid-cols-3">
        <legend className="mb-1 text-13 font-medium">Columns</legend>
        {exportColumns.map((column) => (
          <Checkbox
            key={column}
            label={label(column)}
            checked={columns.includes(column)}
            onChange={(event) =>
              setColumns((before) =>
                exportColumns.filter((each) => (each === column ? event.target.checked : before.includes(each))),
              )
            }
          />
        ))}
      </fieldset>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button variant="primary" busy={begin.isPending} disabled={columns.length === 0} onClick={() => begin.mutate()}>
          Export
        </Button>
      </div>
    </div>
  );
}
