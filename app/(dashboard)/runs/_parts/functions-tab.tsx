"use client";

import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { runShapes } from "@/components/engine/status-shapes";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { Status, StatusMark } from "@/components/ui/status";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { type EngineFunction, functionsQuery } from "@/lib/client/engine";
import { runLabels } from "@/lib/domain/engine/labels";
import type { Wanted } from "../search-params";
import { Triggers } from "./function-words";

const columns: Column<EngineFunction>[] = [
  {
    id: "name",
    header: "Function",
    card: "title",
    csv: (row) => row.id,
    cell: (row) => (
      <span className="flex items-center gap-2">
        <StatusMark tone={row.isServed ? "good" : "waiting"} shape={row.isServed ? "full" : "dashed"} />
        <span className="font-medium" title={row.id}>
          {row.name}
        </span>
        <span className="sr-only">{row.isServed ? "served" : ""}</span>
        {!row.isServed && <Tag tone="waiting">Not served</Tag>}
        {row.worksFor === "platform" && <Tag tone="line">Every workspace</Tag>}
      </span>
    ),
  },
  {
    id: "starts",
    header: "Starts",
    card: "bare",
    csv: (row) => row.triggers.map((trigger) => (trigger.kind === "event" ? trigger.event : trigger.cron)).join(" "),
    cell: (row) => (
      <span className="block max-w-[27ch] truncate text-soft">
        <Triggers triggers={row.triggers} />
      </span>
    ),
  },
  {
    id: "limits",
    header: "Limits",
    card: "bare",
    csv: (row) => row.limits.join("; "),
    cell: (row) => (
      <span className="block max-w-[21ch] truncate text-soft" title={row.limits.join("\n")}>
        {limitWords(row.limits) || "none"}
      </span>
    ),
  },
  {
    id: "day",
    header: "In 24 hours",
    width: 140,
    card: "line",
    csv: (row) => `${row.day.completed} completed, ${row.day.failed} failed`,
    cell: (row) => <Day row={row} />,
  },
  {
    id: "last",
    header: "Last run",
    width: 176,
    card: "line",
    csv: (row) => (row.lastRun ? new Date(row.lastRun.createdAt) : null),
    cell: (row) =>
      row.lastRun ? (
        <span className="inline-flex items-center gap-2">
          <Status tone={runLabels[row.lastRun.status].tone} shape={runShapes[row.lastRun.status]}>
            {runLabels[row.lastRun.status].label}
          </Status>
          <Time at={row.lastRun.createdAt} className="text-soft" />
        </span>
      ) : (
        <span className="text-faint">never</span>
      ),
  },
];

/** Sentences of their own become one. */
const limitWords = (limits: readonly string[]) =>
  limits.map((limit, at) => (at === 0 ? limit : limit.charAt(0).toLowerCase() + limit.slice(1))).join(", ");

function Day({ row }: { row: EngineFunction }) {
  const { completed, failed } = row.day;
  if (completed + failed + row.open === 0) return <span className="text-faint">none</span>;
  const parts = [
    completed > 0 && <span key="completed">{completed.toLocaleString("en")} well</span>,
    failed > 0 && (
      <span key="failed" className="text-bad">
        {failed.toLocaleString("en")} failed
      </span>
    ),
    row.open > 0 && (
      <span key="open" className="text-soft">
        {row.open.toLocaleString("en")} open
      </span>
    ),
  ].filter(Boolean);
  return <span className="inline-flex gap-2.5">{parts}</span>;
}

export default function FunctionsTab({ setWanted }: { setWanted: (changes: Partial<Wanted>) => void }) {
  const { tenantUuid, workspace } = useSignedIn();
  const functions = useQuery(functionsQuery(tenantUuid));
  return (
    <QueryView
      query={functions}
      skeleton={<ColumnsSkeleton columns={columns} rows={5} />}
      error={{ title: "The functions did not load", safe: "They run meanwhile; only this list is affected." }}
      isEmpty={(data) => data.items.length === 0}
      empty={
        <EmptyState title="No process has told of a function yet">
          Each process tells what it knows when it starts. If this stays empty, look into the server's log: the engine
          did not start.
        </EmptyState>
      }
    >
      {(data) => (
        <DataTable
          id="functions"
          label="Functions"
          columns={columns}
          rows={data.items}
          rowId={rowId}
          rowLabel={(row) => row.name}
          onOpen={(row) =>
            setWanted({
              ...{ tab: null, q: null, status: null, subject: null, from: null, to: null },
              function: row.id,
              for: row.worksFor === "platform" ? "platform" : null,
            })
          }
          csvName={`functions ${workspace.name}`}
          filters={
            <span className="text-13 text-soft">
              A row opens the runs of its function. A full dot: a process that is running knows it.
            </span>
          }
        />
      )}
    </QueryView>
  );
}

const rowId = (row: EngineFunction) => row.id;
