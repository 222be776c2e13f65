"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { morePages } from "@/components/data-table/more-pages";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { itemsOf } from "@/lib/client/access";
import { type DataRequest, dataRequestsQuery, exportPerson, privacyChanged } from "@/lib/client/privacy";
import { requestKindLabels, requestStateLabels } from "@/lib/domain/privacy/labels";
import type { ClosingAct } from "./close-dialog";

const OpenDialog = lazy(() => import("./open-dialog"));
const CloseDialog = lazy(() => import("./close-dialog"));

function clockWords({ daysLeft, isOverdue }: DataRequest): string {
  if (daysLeft === null) return "";
  if (isOverdue) return daysLeft === -1 ? "1 day late" : `${-daysLeft} days late`;
  return daysLeft === 1 ? "1 day left" : `${daysLeft} days left`;
}

function Clock({ request }: { request: DataRequest }) {
  if (request.state !== "open") {
    const { label, tone } = requestStateLabels[request.state];
    return (
      <Status tone={tone} shape={request.state === "done" ? "full" : "cross"}>
        {label}
      </Status>
    );
  }
  const isPressing = request.daysLeft !== null && request.daysLeft <= 7;
  return (
    <Status
      tone={request.isOverdue ? "bad" : isPressing ? "waiting" : "info"}
      shape={request.isOverdue ? "triangle" : isPressing ? "half" : "ring"}
    >
      {clockWords(request)}
    </Status>
  );
}

const columns: Column<DataRequest>[] = [
  {
    id: "kind",
    header: "What they ask",
    card: "title",
    csv: (row) => requestKindLabels[row.kind].label,
    cell: (row) => <span className="font-medium">{requestKindLabels[row.kind].label}</span>,
  },
  {
    id: "who",
    header: "Who",
    csv: (row) => row.askedBy,
    cell: (row) => row.askedBy ?? (row.contactId ? "A contact" : <span className="text-soft">Not kept any more</span>),
  },
  {
    id: "clock",
    header: "Clock",
    width: 140,
    card: "end",
    csv: (row) => (row.state === "open" ? clockWords(row) : requestStateLabels[row.state].label),
    cell: (row) => <Clock request={row} />,
  },
  {
    id: "outcome",
    header: "Answer",
    card: "bare",
    csv: (row) => row.outcome,
    cell: (row) => <span className="text-soft">{row.outcome ?? row.note ?? ""}</span>,
  },
  {
    id: "received",
    header: "Asked",
    width: 120,
    align: "right",
    csv: (row) => new Date(row.receivedAt),
    cell: (row) => <Time at={row.receivedAt} className="text-soft" />,
  },
];
const rowId = (row: DataRequest) => row.id;

/** Cases with their clocks. A case is closed by doing what was asked, or by saying why not. */
export function RequestTable() {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const router = useRouter();
  const list = useInfiniteQuery(dataRequestsQuery(tenantUuid));
  const rows = itemsOf(list.data);
  const mayChange = can("privacy:write");
  const [isOpening, setOpening] = useState(false);
  const [closing, setClosing] = useState<ClosingAct | null>(null);

  const takeOut = async (contactId: string) => {
    try {
      await exportPerson(contactId);
      toast({
        text: "Their data is being put together",
        act: { label: "See exports", run: () => router.push("/contacts/imports" as Route) },
      });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "Nothing was exported." });
    }
  };

  const actsOf = (row: DataRequest): MenuItem[] => {
    const { contactId } = row;
    return [
      ...(contactId ? [{ kind: "link" as const, label: "Open the contact", href: `/contacts/${contactId}` }] : []),
      ...(row.kind === "access" && contactId
        ? [{ label: "Export their data", onSelect: () => void takeOut(contactId) }]
        : []),
      { kind: "line" },
      row.kind === "erasure" && contactId
        ? { label: "Erase and close", tone: "bad", onSelect: () => setClosing({ request: row, state: "done" }) }
        : { label: "Close as done", onSelect: () => setClosing({ request: row, state: "done" }) },
      { label: "Refuse", onSelect: () => setClosing({ request: row, state: "refused" }) },
    ];
  };
  const add = mayChange && <Button onClick={() => setOpening(true)}>Open a case</Button>;

  return (
    <section aria-labelledby="requests">
      <SectionHead
        id="requests"
        title="Requests"
        says="Whoever asks about their own data is to be answered within thirty days."
        action={add}
      />
      <QueryView
        query={list}
        skeleton={<ColumnsSkeleton columns={columns} rows={3} />}
        error={{ title: "The requests did not load", safe: "Their clocks run on." }}
        isEmpty={() => rows.length === 0}
        empty={
          <EmptyState title="Nobody has asked" action={add}>
            When somebody wants a copy of their data, or wants it gone, open a case: it counts the days for you.
          </EmptyState>
        }
      >
        {() => (
          <DataTable
            id="data-requests"
            label="Requests"
            columns={columns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => requestKindLabels[row.kind].label}
            maxHeight="440px"
            {...(mayChange
              ? {
                  rowActs: (row: DataRequest) =>
                    row.state === "open" && (
                      <Menu
                        label={`Acts for ${requestKindLabels[row.kind].label}`}
                        align="end"
                        trigger={
                          <IconButton label={`Acts for ${requestKindLabels[row.kind].label}`} size="row">
                            <Ellipsis aria-hidden="true" />
                          </IconButton>
                        }
                        items={actsOf(row)}
                      />
                    ),
                }
              : {})}
            {...morePages(list, rows.length)}
          />
        )}
      </QueryView>
      <Suspense fallback={null}>
        {isOpening && (
          <OpenDialog onClose={() => setOpening(false)} onOpened={() => privacyChanged(client, tenantUuid)} />
        )}
        {closing && (
          <CloseDialog
            act={closing}
            onClose={() => setClosing(null)}
            onClosed={() => privacyChanged(client, tenantUuid)}
          />
        )}
      </Suspense>
    </section>
  );
}
