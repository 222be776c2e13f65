import type { Column } from "@/components/data-table/column";
import { NextStep, RunStatusMark } from "@/components/engine/run-status";
import { Took } from "@/components/engine/took";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import type { Run } from "@/lib/client/engine";
import { reasonLabels, runLabels, subjectLabels } from "@/lib/domain/engine/labels";

const cron = "inngest/scheduled.timer";

export const runColumns: Column<Run>[] = [
  {
    id: "status",
    header: "Status",
    width: 124,
    card: "end",
    csv: (row) => runLabels[row.status].label,
    cell: (row) => <RunStatusMark status={row.status} state={row.state} />,
  },
  {
    id: "function",
    header: "Function",
    card: "title",
    csv: (row) => row.functionId,
    cell: (row) => (
      <>
        <span className="font-medium">{row.functionName}</span>
        {row.replayOf && (
          <span className="ml-2">
            <Tag tone="line">Replay</Tag>
          </span>
        )}
        {row.parentRunId && (
          <span className="ml-2">
            <Tag tone="line">Invoked</Tag>
          </span>
        )}
      </>
    ),
  },
  {
    id: "about",
    header: "About",
    width: 124,
    card: "off",
    csv: (row) => row.subject?.id,
    cell: (row) => <span className="text-soft">{row.subject ? subjectLabels[row.subject.kind] : "—"}</span>,
  },
  {
    id: "event",
    header: "Event",
    card: "bare",
    csv: (row) => row.eventName,
    cell: (row) => (
      <span className="block max-w-[26ch] truncate text-soft">
        {row.trigger === "cron" || row.eventName === cron ? (
          "its schedule"
        ) : (
          <span className="font-mono text-12">{row.eventName}</span>
        )}
      </span>
    ),
  },
  {
    id: "started",
    header: "Started",
    width: 120,
    align: "right",
    card: "line",
    csv: (row) => new Date(row.startedAt ?? row.createdAt),
    cell: (row) => <Time at={row.startedAt ?? row.createdAt} className="text-soft" />,
  },
  {
    id: "took",
    header: "Took",
    width: 96,
    align: "right",
    card: "line",
    csv: (row) => (row.startedAt && row.endedAt ? Date.parse(row.endedAt) - Date.parse(row.startedAt) : null),
    cell: (row) => <Took from={row.startedAt} to={row.endedAt} />,
  },
  {
    id: "next",
    header: "Next, or why not",
    card: "bare",
    csv: (row) => (row.reason ? reasonLabels[row.reason] : row.state?.kind),
    cell: (row) => (
      <span className="block max-w-[40ch] truncate text-soft">
        {row.state ? <NextStep state={row.state} /> : row.reason ? reasonLabels[row.reason] : ""}
      </span>
    ),
  },
];
