"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Status } from "@/components/ui/status";
import { toast } from "@/components/ui/toast";
import { consentChanged, type Topic, topicsQuery, updateTopic } from "@/lib/client/consent";

const TopicDialog = lazy(() => import("./topic-dialog"));

const columns: Column<Topic>[] = [
  { id: "name", header: "Topic", card: "title", cell: (row) => <span className="font-medium">{row.name}</span> },
  { id: "description", header: "What people read", card: "bare", cell: (row) => row.description ?? "" },
  {
    id: "state",
    header: "Preference centre",
    width: 180,
    card: "bare",
    cell: (row) =>
      row.archivedAt ? (
        <Status tone="quiet" shape="dashed">
          Archived
        </Status>
      ) : row.isPublic ? (
        <Status tone="good" shape="full">
          Shown
        </Status>
      ) : (
        <Status tone="quiet" shape="ring">
          Hidden
        </Status>
      ),
  },
];
const rowId = (row: Topic) => row.id;

export function TopicTable() {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const topics = useQuery(topicsQuery(tenantUuid));
  const mayChange = can("consent:lift");
  const [edited, setEdited] = useState<Topic | "new" | null>(null);

  const change = async (
    row: Topic,
    changes: Parameters<typeof updateTopic>[1],
    words: string,
    back: typeof changes,
  ) => {
    try {
      await updateTopic(row.id, changes);
      toast({
        text: words,
        onUndo: () => void updateTopic(row.id, back).then(() => consentChanged(client, tenantUuid)),
      });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "Nothing was changed." });
    }
    consentChanged(client, tenantUuid);
  };
  const add = mayChange && <Button onClick={() => setEdited("new")}>New topic</Button>;

  return (
    <section aria-labelledby="topics">
      <SectionHead
        id="topics"
        title="Topics"
        says="What people can turn on and off one by one, instead of leaving altogether."
        action={add}
      />
      <QueryView
        query={topics}
        skeleton={<ColumnsSkeleton columns={columns} rows={3} />}
        error={{ title: "The topics did not load" }}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState title="No topics yet" action={add}>
            With topics a person who is tired of one kind of letter turns that one off and keeps the rest.
          </EmptyState>
        }
      >
        {({ items }) => (
          <DataTable
            id="topics"
            label="Topics"
            columns={columns}
            rows={items}
            rowId={rowId}
            rowLabel={(row) => row.name}
            hasHotkeys={false}
            hasTools={false}
            {...(mayChange
              ? {
                  rowActs: (row: Topic) => (
                    <Menu
                      label={`Acts for ${row.name}`}
                      align="end"
                      trigger={
                        <IconButton label={`Acts for ${row.name}`} size="row">
                          <Ellipsis aria-hidden="true" />
                        </IconButton>
                      }
                      items={[
                        { label: "Change it", onSelect: () => setEdited(row) },
                        row.isPublic
                          ? {
                              label: "Hide it",
                              onSelect: () =>
                                void change(row, { isPublic: false }, `“${row.name}” is hidden`, { isPublic: true }),
                            }
                          : {
                              label: "Show it",
                              onSelect: () =>
                                void change(row, { isPublic: true }, `“${row.name}” is shown`, { isPublic: false }),
                            },
                        row.archivedAt
                          ? {
                              label: "Take it up again",
                              onSelect: () =>
                                void change(row, { isArchived: false }, `“${row.name}” is back`, { isArchived: true }),
                            }
                          : {
                              label: "Archive it",
                              onSelect: () =>
                                void change(row, { isArchived: true }, `“${row.name}” is archived`, {
                                  isArchived: false,
                                }),
                            },
                      ]}
                    />
                  ),
                }
              : {})}
          />
        )}
      </QueryView>
      {edited && (
        <Suspense fallback={null}>
          <TopicDialog
            topic={edited === "new" ? null : edited}
            onClose={() => setEdited(null)}
            onSaved={() => consentChanged(client, tenantUuid)}
          />
        </Suspense>
      )}
    </section>
  );
}
