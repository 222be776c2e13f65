"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { itemsOf } from "@/lib/client/access";
import { changeMembers, type Segment, type SegmentMember, segmentMembersQuery } from "@/lib/client/segments";

const columns: Column<SegmentMember>[] = [
  {
    id: "name",
    header: "Person",
    card: "title",
    csv: (row) => row.name,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <Avatar name={row.name || row.email || "?"} />
        <span className="min-w-0 truncate font-medium" dir="auto" title={row.name}>
          {row.name || "Without a name"}
        </span>
      </span>
    ),
  },
  {
    id: "email",
    header: "E-mail",
    card: "line",
    csv: (row) => row.email,
    cell: (row) => <span className="block truncate text-soft">{row.email ?? "—"}</span>,
  },
  {
    id: "phone",
    header: "Phone",
    width: 150,
    card: "off",
    csv: (row) => row.phone,
    cell: (row) => <span className="num text-soft">{row.phone ?? "—"}</span>,
  },
  {
    id: "score",
    header: "Score",
    width: 90,
    align: "right",
    card: "end",
    csv: (row) => row.score,
    cell: (row) => (
      <span className="num">
        {row.grade} {row.score}
      </span>
    ),
  },
  {
    id: "enteredAt",
    header: "In since",
    width: 130,
    align: "right",
    card: "off",
    csv: (row) => (row.enteredAt ? new Date(row.enteredAt) : null),
    cell: (row) =>
      row.enteredAt ? <Time at={row.enteredAt} className="text-soft" /> : <span className="text-faint">—</span>,
  },
];

const rowId = (row: SegmentMember) => row.id;

/** Who is in. From a list people can be taken off, with the way back. */
export function Members({ segment }: { segment: Segment }) {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const router = useRouter();
  const members = useInfiniteQuery(segmentMembersQuery(tenantUuid, segment.id));
  const rows = useMemo(() => itemsOf(members.data), [members.data]);
  const isList = segment.kind === "list";
  const change = useMutation({
    mutationFn: (wanted: { add?: string[]; remove?: string[] }) => changeMembers(segment.id, wanted),
    onSettled: () => client.invalidateQueries({ queryKey: [tenantUuid, "segment", segment.id] }),
    onError: (error) => toast({ tone: "bad", text: error.message }),
  });
  const takeOff = (ids: string[]) =>
    change.mutate(
      { remove: ids },
      {
        onSuccess: () =>
          toast({
            text:
              ids.length === 1 ? "One person was taken off the list" : `${ids.length} people were taken off the list`,
            onUndo: () => change.mutate({ add: ids }),
          }),
      },
    );
  return (
    <QueryView
      query={members}
      skeleton={<ColumnsSkeleton columns={columns} rows={8} />}
      error={{ title: "The people did not load", safe: "The segment itself is as it was." }}
      isEmpty={() => rows.length === 0}
      empty={
        <EmptyState
          title={isList ? "Nobody is on the list yet" : "Nobody fits the rules now"}
          action={<ButtonLink href="/contacts">Go to the contacts</ButtonLink>}
        >
          {isList
            ? "Select people among the contacts and put them on it, name it in an import, or fill it through the API."
            : "Whoever fits them later comes in by themselves."}
        </EmptyState>
      }
    >
      {() => (
        <DataTable
          id="segment-members"
          label={`People in ${segment.name}`}
          columns={columns}
          rows={rows}
          rowId={rowId}
          rowLabel={(row) => row.name || row.email || "a person without a name"}
          onOpen={(row) => router.push(`/contacts/${row.id}`)}
          csvName={`people in ${segment.name} as seen`}
          {...(isList && can("segments:write")
            ? {
                bulk: [
                  {
                    label: "Take off the list",
                    run: (chosen: SegmentMember[], clear: () => void) => {
                      takeOff(chosen.map(rowId));
                      clear();
                    },
                  },
                ],
              }
            : {})}
          pages={{
            kind: "more",
            hasMore: members.hasNextPage,
            isLoading: members.isFetchingNextPage,
            onMore: () => void members.fetchNextPage(),
            shown: rows.length,
          }}
        />
      )}
    </QueryView>
  );
}
