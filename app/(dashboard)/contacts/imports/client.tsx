"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { bytesInWords } from "@/components/imports/amount-words";
import { ExportDownload } from "@/components/imports/export-download";
import { ExportStatus, ImportStatus } from "@/components/imports/import-status";
import { Crumbs } from "@/components/shell/crumbs";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page-head";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { itemsOf } from "@/lib/client/access";
import { type Export, exportsQuery, type Import, importsQuery } from "@/lib/client/imports";
import { exportKindLabels } from "@/lib/domain/imports/labels";
import { importAddress } from "./import-address";

const importColumns: Column<Import>[] = [
  {
    id: "file",
    header: "File",
    card: "title",
    cell: (row) => (
      <TextLink href={importAddress(row)} look="name">
        {row.fileName}
      </TextLink>
    ),
  },
  { id: "state", header: "State", width: 150, card: "end", cell: (row) => <ImportStatus state={row.state} /> },
  {
    id: "rows",
    header: "Rows",
    width: 100,
    align: "right",
    card: "line",
    cell: (row) => row.rows.toLocaleString("en"),
  },
  {
    id: "outcome",
    header: "What came of it",
    width: 260,
    card: "bare",
    cell: (row) => <span className="text-soft">{outcomeOf(row)}</span>,
  },
  {
    id: "by",
    header: "By",
    width: 150,
    card: "off",
    cell: (row) => <span className="block truncate text-soft">{row.createdByName}</span>,
  },
  {
    id: "at",
    header: "When",
    width: 130,
    align: "right",
    card: "line",
    cell: (row) => <Time at={row.createdAt} className="text-soft" />,
  },
];

function outcomeOf(row: Import): string {
  if (row.state === "running") return `${row.done.toLocaleString("en")} of ${row.rows.toLocaleString("en")} rows`;
  const parts = [
    [row.created, "created"],
    [row.updated, "updated"],
    [row.skipped, "unchanged"],
    [row.failed, "left out"],
  ] as const;
  const words = parts
    .filter(([amount]) => amount > 0)
    .map(([amount, word]) => `${amount.toLocaleString("en")} ${word}`);
  return words.join(", ") || "Nothing yet";
}

const exportColumns: Column<Export>[] = [
  {
    id: "file",
    header: "File",
    card: "title",
    cell: (row) => <span className="font-medium">{row.fileName}</span>,
  },
  {
    id: "kind",
    header: "Kind",
    width: 150,
    card: "off",
    cell: (row) => <span className="text-soft">{exportKindLabels[row.kind]}</span>,
  },
  { id: "state", header: "State", width: 150, card: "end", cell: (row) => <ExportStatus state={row.state} /> },
  {
    id: "rows",
    header: "Rows",
    width: 100,
    align: "right",
    card: "line",
    cell: (row) => row.done.toLocaleString("en"),
  },
  { id: "bytes", header: "Size", width: 90, align: "right", card: "off", cell: (row) => bytesInWords(row.bytes) },
  {
    id: "until",
    header: "Kept until",
    width: 130,
    align: "right",
    card: "line",
    cell: (row) => <Time at={row.expiresAt} className="text-soft" />,
  },
  {
    id: "get",
    header: "Download",
    width: 120,
    align: "right",
    card: "bare",
    cell: (row) => <ExportDownload file={row} />,
  },
];

export function Imports() {
  const { tenantUuid } = useSignedIn();
  const router = useRouter();
  const imports = useInfiniteQuery(importsQuery(tenantUuid));
  const exports = useInfiniteQuery(exportsQuery(tenantUuid));
  const importRows = useMemo(() => itemsOf(imports.data), [imports.data]);
  const exportRows = useMemo(() => itemsOf(exports.data), [exports.data]);
  const action = (
    <ButtonLink href="/contacts/import" variant="primary" icon={<FileUp aria-hidden="true" />}>
      Import a file
    </ButtonLink>
  );
  return (
    <Page>
      <Crumbs trail={[{ label: "Imports and exports" }]} />
      <PageHead title="Imports and exports" actions={action}>
        What came in by file and what went out, how far it is, and the way back.
      </PageHead>
      <div className="grid gap-6">
        <section className="grid gap-2">
          <h2 className="text-16">Imports</h2>
          <QueryView
            query={imports}
            skeleton={<ColumnsSkeleton columns={importColumns} rows={5} />}
            error={{ title: "The imports did not load", safe: "What runs goes on meanwhile." }}
            isEmpty={() => importRows.length === 0}
            empty={
              <EmptyState title="No file was imported yet">
                Bring your customers from a spreadsheet or another tool. You see what each row becomes before anything
                is written, and can take it all back.
              </EmptyState>
            }
          >
            {() => (
              <DataTable
                id="imports"
                label="Imports"
                columns={importColumns}
                rows={importRows}
                rowId={importId}
                rowLabel={(row) => row.fileName}
                onOpen={(row) => router.push(importAddress(row) as never)}
                maxHeight="none"
                hasTools={false}
                pages={{
                  kind: "more",
                  hasMore: imports.hasNextPage,
                  isLoading: imports.isFetchingNextPage,
                  onMore: () => void imports.fetchNextPage(),
                  shown: importRows.length,
                }}
              />
            )}
          </QueryView>
        </section>
        <section className="grid gap-2">
          <h2 className="text-16">Exports</h2>
          <QueryView
            query={exports}
            skeleton={<ColumnsSkeleton columns={exportColumns} rows={3} />}
            error={{ title: "The exports did not load", safe: "What is being written goes on meanwhile." }}
            isEmpty={() => exportRows.length === 0}
            empty={
              <EmptyState
                title="Nothing was exported yet"
                action={<ButtonLink href="/contacts">Go to the contacts</ButtonLink>}
              >
                Narrow the list of contacts to whom you need, and export exactly those. The file is kept for a day.
              </EmptyState>
            }
          >
            {() => (
              <DataTable
                id="exports"
                label="Exports"
                columns={exportColumns}
                rows={exportRows}
                rowId={exportId}
                rowLabel={(row) => row.fileName}
                maxHeight="none"
                hasTools={false}
                hasHotkeys={false}
                pages={{
                  kind: "more",
                  hasMore: exports.hasNextPage,
                  isLoading: exports.isFetchingNextPage,
                  onMore: () => void exports.fetchNextPage(),
                  shown: exportRows.length,
                }}
              />
            )}
          </QueryView>
        </section>
      </div>
    </Page>
  );
}

const importId = (row: Import) => row.id;
const exportId = (row: Export) => row.id;
