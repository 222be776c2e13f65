"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useCallback, useMemo, useRef } from "react";
import { SearchField } from "@/components/access/search-field";
import { useSignedIn } from "@/components/access/signed-in";
import { DataTable } from "@/components/data-table/data-table";
import { FilterChips } from "@/components/data-table/filter-chips";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { localViewStore } from "@/components/data-table/views";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { itemsOf } from "@/lib/client/access";
import { functionsQuery, type Run, runSummaryQuery, runsQuery, type RunSummary as Summary } from "@/lib/client/engine";
import { functionWords } from "@/lib/domain/engine/describe-function";
import { runLabels, subjectLabels } from "@/lib/domain/engine/labels";
import { runStatuses } from "@/lib/domain/engine/vocabulary";
import { filtersOf } from "../../_parts/saved-filters";
import { DateFilter } from "../../audit/_parts/date-filter";
import { filterFrom, type Wanted } from "../search-params";
import { runColumns } from "./run-columns";
import { useFresh } from "./use-fresh";
import { useLoaded } from "./use-loaded";

const RunSummary = lazy(() => import("./run-summary"));
const FunctionStrip = lazy(() => import("./function-strip"));

const views = localViewStore("runs");
const noFilters = { q: null, status: null, function: null, subject: null, for: null, from: null, to: null };

export function RunsTab({
  wanted,
  setWanted,
  ownSubject,
}: {
  wanted: Wanted;
  setWanted: (changes: Partial<Wanted>) => void;
  /** The workspace's id as a subject. */
  ownSubject: string;
}) {
  const { tenantUuid, workspace } = useSignedIn();
  const router = useRouter();
  const isLoaded = useLoaded();
  const filter = filterFrom(wanted, workspace.timeZone);
  const runs = useInfiniteQuery({ ...runsQuery(tenantUuid, filter), placeholderData: keepPreviousData });
  const rows = useMemo(() => itemsOf(runs.data), [runs.data]);
  const fresh = useFresh(rows, JSON.stringify(filter));
  const functions = useQuery(functionsQuery(tenantUuid));
  const { data: counted } = useQuery(runSummaryQuery(tenantUuid));
  const isQuiet = counted !== undefined && isNothing(counted);
  const isFiltered = Object.keys(filter).length > 0;
  const field = useRef<HTMLInputElement>(null);

  const commands = useMemo<Command[]>(
    () => [
      {
        id: "runs.search",
        label: "Search the runs",
        keys: "/",
        scope: "runs",
        icon: <Search aria-hidden="true" />,
        run: () => field.current?.focus(),
      },
      {
        id: "runs.failed",
        label: "Show the runs that failed",
        keys: "f",
        scope: "runs",
        words: ["errors", "failures"],
        run: () => setWanted({ ...noFilters, status: "failed" }),
      },
    ],
    [setWanted],
  );
  useCommands(commands);

  const open = useCallback((run: Run) => router.push(`/runs/${run.id}` as Route), [router]);
  const known = functions.data?.items ?? [];
  const one = wanted.function ? known.find((each) => each.id === wanted.function) : undefined;
  const { q, status, function: functionId, subject, from, to } = wanted;

  return (
    <>
      {isQuiet ? (
        rows.length > 0 && (
          <p className="mb-4 text-13 text-soft">Nothing is going on, and nothing ended in the last 24 hours.</p>
        )
      ) : (
        // Room is kept for what comes a moment later.
        <div className="min-h-[172px] max-lg:min-h-[270px]">
          {isLoaded && (
            <Suspense fallback={null}>
              <RunSummary />
            </Suspense>
          )}
        </div>
      )}
      {one && (
        <Suspense fallback={null}>
          <FunctionStrip of={one} />
        </Suspense>
      )}
      {wanted.for === "platform" && (
        <Note className="mb-3">
          These runs worked for every workspace at once. You see that they ran and how it went; what they handled is
          kept in the server's log.
        </Note>
      )}
      <QueryView
        query={runs}
        skeleton={<ColumnsSkeleton columns={runColumns} rows={10} />}
        error={{ title: "The runs did not load", safe: "They go on meanwhile; only this list is affected." }}
        isEmpty={() => rows.length === 0 && !isFiltered}
        empty={
          <EmptyState
            title="Nothing has run here yet"
            action={<Button onClick={() => setWanted({ tab: "functions" })}>See the functions</Button>}
          >
            Work that waits, retries or repeats shows up here by itself, each with its steps. The first is the nightly
            check of the audit log.
          </EmptyState>
        }
      >
        {() => (
          <DataTable
            id="runs"
            label="Runs"
            columns={runColumns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => `${row.functionName}, ${runLabels[row.status].label}`}
            onOpen={open}
            freshIds={fresh}
            csvName={`runs ${workspace.name} as seen`}
            viewStore={views}
            filterState={JSON.stringify({ q, status, function: functionId, subject, for: wanted.for, from, to })}
            onApplyView={(view) => setWanted({ ...noFilters, ...filtersOf<Partial<Wanted>>(view) })}
            maxHeight="max(420px, calc(100dvh - 188px))"
            filters={
              <>
                <SearchField
                  field={field}
                  label="Search the runs"
                  value={wanted.q ?? ""}
                  onChange={(words) => setWanted({ q: words || null })}
                />
                <DateFilter
                  from={wanted.from}
                  to={wanted.to}
                  timeZone={workspace.timeZone}
                  onChange={(range) => setWanted(range)}
                />
                <FilterChips
                  filters={[
                    {
                      id: "status",
                      label: "Status",
                      value: wanted.status,
                      choices: runStatuses.map((value) => ({ value, label: runLabels[value].label })),
                    },
                    {
                      id: "function",
                      label: "Function",
                      value: wanted.function,
                      choices: functionChoices(known, wanted.function),
                    },
                    {
                      id: "subject",
                      label: "About",
                      value: wanted.subject,
                      choices: subjectChoices(ownSubject, wanted.subject),
                    },
                    {
                      id: "for",
                      label: "Worked for",
                      value: wanted.for,
                      choices: [{ value: "platform", label: "Every workspace" }],
                    },
                  ]}
                  onChange={(id, value) => setWanted({ [id]: value })}
                />
              </>
            }
            nothing={
              <span className="flex flex-wrap items-center gap-3">
                No run matches these filters.
                <Button size="row" onClick={() => setWanted(noFilters)}>
                  Show all runs
                </Button>
              </span>
            }
            pages={{
              kind: "more",
              hasMore: runs.hasNextPage,
              isLoading: runs.isFetchingNextPage,
              onMore: () => void runs.fetchNextPage(),
              shown: rows.length,
            }}
          />
        )}
      </QueryView>
    </>
  );
}

const rowId = (row: Run) => row.id;
const isNothing = ({ now, day }: Summary) =>
  now.running + now.queued + now.sleeping + now.waiting + day.completed + day.failed + day.cancelled === 0;

/** The one that is filtered for is among them, though nobody may know it any more. */
function functionChoices(known: readonly { id: string; name: string }[], wanted: string | null) {
  const choices = known.map(({ id, name }) => ({ value: id, label: name }));
  if (wanted && !known.some(({ id }) => id === wanted))
    choices.push({ value: wanted, label: functionWords(wanted, null) });
  return choices;
}

/** Of most things there are many, and their own page links to their runs; of workspaces there is this one. */
function subjectChoices(own: string, wanted: string | null) {
  const choices = [{ value: own, label: subjectLabels.workspace }];
  if (wanted && wanted !== own) choices.push({ value: wanted, label: wanted });
  return choices;
}
