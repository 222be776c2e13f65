"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { lazy, Suspense, useMemo, useRef } from "react";
import { SearchField } from "@/components/access/search-field";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { itemsOf } from "@/lib/client/access";
import { type EngineEvent, eventsQuery } from "@/lib/client/engine";
import { subjectLabels } from "@/lib/domain/engine/labels";
import type { Wanted } from "../search-params";
import { effectWords } from "./effect-words";
import { useFresh } from "./use-fresh";

const EventDrawer = lazy(() => import("./event-drawer"));

const columns: Column<EngineEvent>[] = [
  {
    id: "name",
    header: "Event",
    card: "title",
    csv: (row) => row.name,
    cell: (row) => <span className="font-mono text-12">{row.name}</span>,
  },
  {
    id: "about",
    header: "About",
    width: 140,
    card: "off",
    csv: (row) => row.subject?.id,
    cell: (row) => <span className="text-soft">{row.subject ? subjectLabels[row.subject.kind] : "—"}</span>,
  },
  {
    id: "effect",
    header: "Runs",
    card: "line",
    csv: effectWords,
    cell: (row) => (
      <span className={row.started + row.resumed + row.cancelled === 0 ? "text-faint" : ""}>{effectWords(row)}</span>
    ),
  },
  {
    id: "id",
    header: "Its sender's id",
    isHiddenAtFirst: true,
    card: "off",
    csv: (row) => row.key,
    cell: (row) => <span className="font-mono text-12 text-soft">{row.key}</span>,
  },
  {
    id: "at",
    header: "When",
    width: 140,
    align: "right",
    card: "line",
    csv: (row) => new Date(row.createdAt),
    cell: (row) => <Time at={row.createdAt} className="text-soft" />,
  },
];

export default function EventsTab({
  wanted,
  setWanted,
}: {
  wanted: Wanted;
  setWanted: (changes: Partial<Wanted>) => void;
}) {
  const { tenantUuid, workspace } = useSignedIn();
  const name = wanted.name?.trim().slice(0, 200);
  const events = useInfiniteQuery({
    ...eventsQuery(tenantUuid, name ? { name } : {}),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => itemsOf(events.data), [events.data]);
  const fresh = useFresh(rows, name ?? "");
  const field = useRef<HTMLInputElement>(null);
  const commands = useMemo<Command[]>(
    () => [
      {
        id: "events.search",
        label: "Search the events",
        keys: "/",
        scope: "runs",
        icon: <Search aria-hidden="true" />,
        run: () => field.current?.focus(),
      },
    ],
    [],
  );
  useCommands(commands);
  return (
    <>
      <QueryView
        query={events}
        skeleton={<ColumnsSkeleton columns={columns} rows={10} />}
        error={{ title: "The events did not load", safe: "They are taken in meanwhile; only this list is affected." }}
        isEmpty={() => rows.length === 0 && !name}
        empty={
          <EmptyState title="No event came in during the last week">
            An event says what happened, in the past tense: functions listen for it. It is kept here for a week, with
            its data and the runs it began.
          </EmptyState>
        }
      >
        {() => (
          <DataTable
            id="events"
            label="Events"
            columns={columns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => row.name}
            onOpen={(row) => setWanted({ event: row.id })}
            freshIds={fresh}
            csvName={`events ${workspace.name} as seen`}
            filters={
              <SearchField
                field={field}
                label="Search by name"
                value={wanted.name ?? ""}
                onChange={(words) => setWanted({ name: words || null })}
              />
            }
            nothing={
              <span className="flex flex-wrap items-center gap-3">
                No event has these words in its name.
                <Button size="row" onClick={() => setWanted({ name: null })}>
                  Show all events
                </Button>
              </span>
            }
            pages={{
              kind: "more",
              hasMore: events.hasNextPage,
              isLoading: events.isFetchingNextPage,
              onMore: () => void events.fetchNextPage(),
              shown: rows.length,
            }}
          />
        )}
      </QueryView>
      {wanted.event && (
        <Suspense fallback={null}>
          <EventDrawer id={wanted.event} onClose={() => setWanted({ event: null })} />
        </Suspense>
      )}
    </>
  );
}

const rowId = (row: EngineEvent) => row.id;
