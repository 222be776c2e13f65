"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { Time } from "@/components/ui/time";
import { itemsOf } from "@/lib/client/access";
import { type Erasure, erasuresQuery } from "@/lib/client/privacy";

const rowsOf = (row: Erasure) => Object.values(row.removed).reduce((sum, count) => sum + count, 0);
const inWords = (row: Erasure) =>
  Object.entries(row.removed)
    .map(([table, count]) => `${count} ${table.replaceAll("_", " ")}`)
    .join(", ");

const columns: Column<Erasure>[] = [
  {
    id: "id",
    header: "Who it was",
    card: "title",
    csv: (row) => row.erasedId,
    cell: (row) => <span className="font-mono text-12">{row.erasedId}</span>,
  },
  { id: "rows", header: "Rows", width: 80, align: "right", csv: rowsOf, cell: (row) => rowsOf(row).toLocaleString() },
  {
    id: "what",
    header: "What went",
    card: "bare",
    csv: inWords,
    cell: (row) => <span title={inWords(row)}>{inWords(row)}</span>,
  },
  { id: "by", header: "By", width: 150, csv: (row) => row.actor, cell: (row) => row.actor },
  {
    id: "at",
    header: "When",
    width: 120,
    align: "right",
    csv: (row) => new Date(row.createdAt),
    cell: (row) => <Time at={row.createdAt} className="text-soft" />,
  },
];
const rowId = (row: Erasure) => row.id;

export function ErasureTable() {
  const { tenantUuid } = useSignedIn();
  const list = useInfiniteQuery(erasuresQuery(tenantUuid));
  const rows = itemsOf(list.data);
  return (
    <section aria-labelledby="erasures">
      <SectionHead
        id="erasures"
        title="Proofs of erasure"
        says="That somebody was erased, by whom and how much went. The id leads to nobody any more."
      />
      <QueryView
        query={list}
        skeleton={<ColumnsSkeleton columns={columns} rows={2} />}
        error={{ title: "The proofs did not load", safe: "Nothing of them is ever changed." }}
        isEmpty={() => rows.length === 0}
        empty={
          <EmptyState title="Nobody was erased yet">
            A person is erased from their page or by closing their request. What is left is a line here.
          </EmptyState>
        }
      >
        {() => (
          <DataTable
            id="erasures"
            label="Proofs of erasure"
            columns={columns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => row.erasedId}
            maxHeight="360px"
            hasHotkeys={false}
          />
        )}
      </QueryView>
    </section>
  );
}
