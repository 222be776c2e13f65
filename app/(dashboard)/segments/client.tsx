"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ListPlus, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { SearchField } from "@/components/access/search-field";
import { useSignedIn } from "@/components/access/signed-in";
import { Sparkline } from "@/components/charts/sparkline";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { FilterChips } from "@/components/data-table/filter-chips";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { QueryView } from "@/components/feedback/query-view";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { Button, ButtonLink } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page-head";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { itemsOf } from "@/lib/client/access";
import { type Segment, segmentsQuery } from "@/lib/client/segments";
import { useUrlState } from "../_parts/use-url-state";
import { filterFrom } from "./_parts/filter";
import { NoSegments } from "./_parts/no-segments";
import { searchParams } from "./search-params";

const NewListDialog = lazy(() => import("./_parts/new-list-dialog"));

const columns: Column<Segment>[] = [
  {
    id: "name",
    header: "Segment",
    card: "title",
    csv: (row) => row.name,
    cell: (row) => (
      <span className="block min-w-0 truncate max-sm:whitespace-normal" title={row.says}>
        <span className="font-medium" dir="auto">
          {row.name}
        </span>
        {row.kind === "list" && (
          <span className="ml-2">
            <Tag tone="line">List</Tag>
          </span>
        )}
        <span className="ml-2 text-soft max-sm:mt-0.5 max-sm:ml-0 max-sm:block max-sm:text-13" dir="auto">
          {row.says}
        </span>
      </span>
    ),
  },
  {
    id: "size",
    header: "People",
    width: 110,
    align: "right",
    card: "end",
    csv: (row) => row.size,
    cell: (row) => <Size segment={row} />,
  },
  {
    id: "trend",
    header: "Last 30 days",
    width: 130,
    card: "off",
    cell: (row) => <Trend segment={row} />,
  },
  {
    id: "refreshedAt",
    header: "Counted",
    width: 130,
    align: "right",
    card: "line",
    csv: (row) => (row.refreshedAt ? new Date(row.refreshedAt) : null),
    cell: (row) =>
      row.refreshedAt ? <Time at={row.refreshedAt} className="text-soft" /> : <span className="text-faint">—</span>,
  },
];

function Size({ segment }: { segment: Segment }) {
  if (segment.kind === "rules" && !segment.refreshedAt) return <span className="text-faint">Being counted</span>;
  return <span className="num">{segment.size.toLocaleString("en")}</span>;
}

function Trend({ segment }: { segment: Segment }) {
  const { trend } = segment;
  if (!segment.refreshedAt || trend.every((size) => size === 0)) return <span className="text-faint">—</span>;
  const [first = 0, last = 0] = [trend[0], trend.at(-1)];
  return (
    <Sparkline
      values={trend}
      width={104}
      height={22}
      label={`From ${first.toLocaleString("en")} to ${last.toLocaleString("en")} people in 30 days`}
    />
  );
}

const rowId = (row: Segment) => row.id;

export function Segments() {
  const { tenantUuid, workspace, can } = useSignedIn();
  const router = useRouter();
  const [wanted, setWanted] = useUrlState(searchParams);
  const [isListing, setListing] = useState(false);
  const filter = filterFrom(wanted);
  const segments = useInfiniteQuery({
    ...segmentsQuery(tenantUuid, filter),
    placeholderData: keepPreviousData,
    // What is being counted shows its number by itself.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((row) => row.kind === "rules" && !row.refreshedAt))
        ? 2_000
        : false,
  });
  const rows = useMemo(() => itemsOf(segments.data), [segments.data]);
  const isFiltered = Object.keys(filter).length > 0;
  const field = useRef<HTMLInputElement>(null);
  const mayWrite = can("segments:write");
  const commands = useMemo<Command[]>(
    () => [
      {
        id: "segments.search",
        label: "Search the segments",
        keys: "/",
        scope: "segments",
        run: () => field.current?.focus(),
      },
      ...(mayWrite
        ? [
            {
              id: "segments.new",
              label: "New segment",
              keys: "c",
              scope: "segments",
              // The palette has it from the shell, on every page.
              isHidden: true,
              run: () => router.push("/segments/new"),
            },
          ]
        : []),
    ],
    [mayWrite, router],
  );
  useCommands(commands);
  const acts = mayWrite && (
    <>
      <Button icon={<ListPlus aria-hidden="true" />} onClick={() => setListing(true)}>
        New list
      </Button>
      <ButtonLink href="/segments/new" variant="primary" icon={<Plus aria-hidden="true" />} keys="c">
        New segment
      </ButtonLink>
    </>
  );
  return (
    <Page>
      <PageHead title="Segments" actions={acts}>
        Groups of people that keep themselves up to date by rules, and lists that are filled by hand.
      </PageHead>
      <QueryView
        query={segments}
        skeleton={<ColumnsSkeleton columns={columns} rows={6} />}
        error={{
          title: "The segments did not load",
          safe: "Nothing of them is lost.",
          action: isFiltered && <Button onClick={() => setWanted({ q: null, kind: null })}>Show all segments</Button>,
        }}
        isEmpty={() => rows.length === 0 && !isFiltered}
        empty={<NoSegments mayWrite={mayWrite} />}
      >
        {() => (
          <DataTable
            id="segments"
            label="Segments"
            columns={columns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => row.name}
            onOpen={(row) => router.push(`/segments/${row.id}`)}
            csvName={`segments ${workspace.name}`}
            filters={
              <>
                <SearchField
                  field={field}
                  label="Search the segments"
                  value={wanted.q ?? ""}
                  onChange={(q) => setWanted({ q: q || null })}
                />
                <FilterChips
                  filters={[
                    {
                      id: "kind",
                      label: "Kind",
                      value: wanted.kind,
                      choices: [
                        { value: "rules", label: "Rules" },
                        { value: "list", label: "Lists" },
                      ],
                    },
                  ]}
                  onChange={(id, value) => setWanted({ [id]: value })}
                />
              </>
            }
            nothing={
              <span className="flex flex-wrap items-center gap-3">
                No segment matches these filters.
                <Button size="row" onClick={() => setWanted({ q: null, kind: null })}>
                  Show all segments
                </Button>
              </span>
            }
            pages={{
              kind: "more",
              hasMore: segments.hasNextPage,
              isLoading: segments.isFetchingNextPage,
              onMore: () => void segments.fetchNextPage(),
              shown: rows.length,
            }}
          />
        )}
      </QueryView>
      {isListing && (
        <Suspense fallback={null}>
          <NewListDialog onClose={() => setListing(false)} />
        </Suspense>
      )}
    </Page>
  );
}
