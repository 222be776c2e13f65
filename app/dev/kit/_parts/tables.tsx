"use client";

import { Ellipsis } from "lucide-react";
import { useMemo, useState } from "react";
import type { Column, Sort } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { FilterChips } from "@/components/data-table/filter-chips";
import { localViewStore } from "@/components/data-table/views";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { moneyWords } from "@/components/ui/money";
import { Status, type StatusShape, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";

type Message = { id: string; to: string; channel: string; state: keyof typeof faces; micros: number; at: number };

const faces = {
  delivered: { label: "Delivered", tone: "good", shape: "full" },
  scheduled: { label: "Scheduled", tone: "info", shape: "ring" },
  sending: { label: "Sending", tone: "info", shape: "half" },
  bounced: { label: "Bounced", tone: "bad", shape: "triangle" },
  cancelled: { label: "Cancelled", tone: "quiet", shape: "cross" },
} satisfies Record<string, { label: string; tone: Tone; shape: StatusShape }>;

const people = [
  "Claudia Estimé",
  "Peterson Laguerre",
  "Fritznel Dorvil",
  "Darline Joachim",
  "Réginald Cadet",
  "Sonson & Filles",
  "Marie-Ange Toussaint",
];
const channels = ["Email", "WhatsApp", "SMS", "Instagram"];
const states = Object.keys(faces) as (keyof typeof faces)[];
const start = Date.UTC(2026, 10, 20, 14, 12);

function make(count: number): Message[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `msg_${at}`,
    to: `${people[at % people.length]}${at >= people.length ? ` ${Math.floor(at / people.length)}` : ""}`,
    channel: channels[at % channels.length] ?? "Email",
    state: states[at % states.length] ?? "sending",
    micros: (at * 7919) % 900_000,
    at: start - at * 37 * 60_000,
  }));
}

const columns: Column<Message>[] = [
  {
    id: "to",
    header: "To",
    cell: (row) => <span className="font-medium">{row.to}</span>,
    csv: (row) => row.to,
    sortable: true,
    card: "title",
    width: 220,
  },
  {
    id: "channel",
    header: "Channel",
    cell: (row) => row.channel,
    csv: (row) => row.channel,
    sortable: true,
    card: "bare",
  },
  {
    id: "state",
    header: "Status",
    cell: (row) => (
      <Status tone={faces[row.state].tone} shape={faces[row.state].shape}>
        {faces[row.state].label}
      </Status>
    ),
    csv: (row) => faces[row.state].label,
    card: "bare",
  },
  {
    id: "cost",
    header: "Cost",
    align: "right",
    sortable: true,
    cell: (row) => moneyWords(row.micros, "USD"),
    csv: (row) => row.micros / 1e6,
    width: 110,
  },
  {
    id: "at",
    header: "Time",
    align: "right",
    cell: (row) => <Time at={row.at} className="text-soft" />,
    csv: (row) => new Date(row.at),
    width: 130,
    card: "end",
  },
];

export function MessageTable({ count, id, hasHotkeys }: { count: number; id: string; hasHotkeys: boolean }) {
  const all = useMemo(() => make(count), [count]);
  const [sort, setSort] = useState<Sort | null>(null);
  const [state, setState] = useState<string | null>(null);
  const [channel, setChannel] = useState<string | null>(null);
  const store = useMemo(() => localViewStore(id), [id]);
  const rows = useMemo(() => {
    const kept = all.filter((row) => (!state || row.state === state) && (!channel || row.channel === channel));
    if (!sort) return kept;
    const key = sort.id === "cost" ? "micros" : sort.id === "channel" ? "channel" : "to";
    return [...kept].sort((a, b) => (a[key] < b[key] ? -1 : 1) * (sort.direction === "up" ? 1 : -1));
  }, [all, state, channel, sort]);
  return (
    <DataTable
      id={id}
      label={count > 200 ? "Many messages" : "Messages"}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowLabel={(row) => row.to}
      sort={sort}
      onSortChange={setSort}
      onOpen={(row) => toast({ tone: "info", text: `Opened ${row.to}` })}
      viewStore={store}
      maxHeight={count > 200 ? "380px" : "none"}
      hasHotkeys={hasHotkeys}
      {...(count <= 200 ? { freshIds: new Set(["msg_4"]), busyIds: new Set(["msg_6"]) } : {})}
      filters={
        <FilterChips
          filters={[
            {
              id: "state",
              label: "Status",
              value: state,
              choices: states.map((value) => ({ value, label: faces[value].label })),
            },
            {
              id: "channel",
              label: "Channel",
              value: channel,
              choices: channels.map((value) => ({ value, label: value })),
            },
          ]}
          onChange={(which, value) => (which === "state" ? setState(value) : setChannel(value))}
        />
      }
      bulk={[
        {
          label: "Cancel",
          tone: "bad",
          run: (chosen, clear) => {
            toast({ text: `${chosen.length} cancelled`, onUndo: () => {} });
            clear();
          },
        },
        { label: "Assign", keys: "a", run: () => {} },
        { label: "Export", run: () => {} },
        { label: "Approve", offBecause: () => "Only approvers may", run: () => {} },
      ]}
      rowActs={(row) => (
        <Menu
          label={`Acts for ${row.to}`}
          align="end"
          trigger={
            <IconButton label={`Acts for ${row.to}`} size="row">
              <Ellipsis aria-hidden="true" />
            </IconButton>
          }
          items={[
            { label: "Open", keys: "enter", onSelect: () => {} },
            { label: "Copy id", onSelect: () => {} },
            { kind: "line" },
            { label: "Cancel", tone: "bad", onSelect: () => {} },
          ]}
        />
      )}
      pages={{
        kind: "more",
        hasMore: count <= 200,
        onMore: () => {},
        shown: rows.length,
        ...(count > 200 ? {} : { total: 4210 }),
      }}
    />
  );
}
