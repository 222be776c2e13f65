"use client";

import { useQuery } from "@tanstack/react-query";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { QueryView } from "@/components/feedback/query-view";
import { type ProcessingLine, processingQuery } from "@/lib/client/privacy";

const columns: Column<ProcessingLine>[] = [
  {
    id: "holds",
    header: "What is kept",
    card: "title",
    csv: (row) => row.holds,
    cell: (row) => (
      <span className="block max-w-[46ch] whitespace-normal py-1.5">
        {row.holds} <span className="font-mono text-12 text-soft">{row.table}</span>
      </span>
    ),
  },
  {
    id: "purpose",
    header: "What for",
    card: "bare",
    csv: (row) => row.purpose,
    cell: (row) => <span className="block whitespace-normal sm:py-1.5">{row.purpose}</span>,
  },
  {
    id: "kept",
    header: "How long",
    width: 190,
    csv: (row) => row.keptFor,
    cell: (row) => <span className="block whitespace-normal sm:py-1.5">{row.keptFor}</span>,
  },
  {
    id: "receivers",
    header: "Who else sees it",
    width: 150,
    csv: (row) => row.receivers,
    cell: (row) => row.receivers,
  },
];
const rowId = (row: ProcessingLine) => row.table;

export function ProcessingTable() {
  const { tenantUuid } = useSignedIn();
  const record = useQuery(processingQuery(tenantUuid));
  return (
    <section aria-labelledby="processing">
      <SectionHead
        id="processing"
        title="Record of processing"
        says="Made from the same list that exports and erases people, so nothing is missing in it. The arrow saves it as a file."
      />
      <QueryView
        query={record}
        skeleton={<ColumnsSkeleton columns={columns} rows={6} />}
        error={{ title: "The record did not load" }}
      >
        {({ items }) => (
          <DataTable
            id="processing"
            label="Record of processing"
            columns={columns}
            rows={items}
            rowId={rowId}
            rowLabel={(row) => row.table}
            csvName="record-of-processing"
            maxHeight="560px"
            hasHotkeys={false}
          />
        )}
      </QueryView>
    </section>
  );
}
