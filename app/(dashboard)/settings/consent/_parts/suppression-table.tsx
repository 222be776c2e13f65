"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
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
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { itemsOf } from "@/lib/client/access";
import { consentChanged, type Suppression, suppressionsQuery } from "@/lib/client/consent";
import { channelLabels } from "@/lib/domain/channels/labels";
import { reasonLabels, scopeLabels } from "@/lib/domain/consent/labels";
import { allMarketing } from "@/lib/domain/consent/vocabulary";

const LiftDialog = lazy(() => import("./lift-dialog"));

function reach(row: Suppression): string {
  const channel = row.channel === "*" ? "Every channel" : channelLabels[row.channel];
  if (row.scope !== "topic" && row.scope !== "sender") return channel;
  return `${channel}, ${row.scopeKey === allMarketing ? "marketing" : scopeLabels[row.scope].label.toLowerCase()}`;
}

const columns: Column<Suppression>[] = [
  {
    id: "reason",
    header: "Reason",
    card: "title",
    csv: (row) => reasonLabels[row.reason].label,
    cell: (row) => <span className="font-medium">{reasonLabels[row.reason].label}</span>,
  },
  { id: "reach", header: "What it stops", width: 190, csv: reach, cell: reach },
  {
    id: "by",
    header: "By",
    width: 190,
    csv: (row) => row.actor,
    cell: (row) => (row.source === "person" ? "The person" : row.actor),
  },
  {
    id: "state",
    header: "State",
    width: 150,
    card: "end",
    csv: (row) => (row.liftedAt ? "Lifted" : "In force"),
    cell: (row) =>
      row.liftedAt ? (
        <Status tone="quiet" shape="dashed">
          Lifted
        </Status>
      ) : (
        <Status tone="bad" shape="cross">
          In force
        </Status>
      ),
  },
  {
    id: "since",
    header: "Since",
    width: 120,
    align: "right",
    csv: (row) => new Date(row.createdAt),
    cell: (row) => <Time at={row.createdAt} className="text-soft" />,
  },
];

const rowId = (row: Suppression) => row.id;

export function SuppressionTable() {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const list = useInfiniteQuery(suppressionsQuery(tenantUuid));
  const rows = itemsOf(list.data);
  const [lifting, setLifting] = useState<Suppression | null>(null);
  return (
    <section aria-labelledby="suppressions">
      <SectionHead
        id="suppressions"
        title="Suppression list"
        says="What stops every message, whoever sends it. A row is lifted, never deleted: it is part of the proof."
      />
      <QueryView
        query={list}
        skeleton={<ColumnsSkeleton columns={columns} rows={4} />}
        error={{ title: "The list did not load", safe: "It is obeyed all the same." }}
        isEmpty={() => rows.length === 0}
        empty={
          <EmptyState title="Nobody is on the list">
            Who unsubscribes, complains or cannot be reached comes here by itself. You can block an address above.
          </EmptyState>
        }
      >
        {() => (
          <DataTable
            id="suppressions"
            label="Suppressions"
            columns={columns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => reasonLabels[row.reason].label}
            maxHeight="480px"
            rowActs={(row) =>
              !row.liftedAt &&
              can("consent:lift") && (
                <Button
                  size="row"
                  variant="quiet"
                  offBecause={row.liftable ? undefined : (row.whyNotLiftable ?? undefined)}
                  onClick={() => setLifting(row)}
                >
                  Lift
                </Button>
              )
            }
            {...morePages(list, rows.length)}
          />
        )}
      </QueryView>
      {lifting && (
        <Suspense fallback={null}>
          <LiftDialog
            suppression={lifting}
            onClose={() => setLifting(null)}
            onLifted={() => {
              consentChanged(client, tenantUuid);
              toast({ text: "Lifted. Who did it and why stays on the list." });
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
