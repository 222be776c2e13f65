"use client";

import { useQuery } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { TextLink } from "@/components/ui/text-link";
import { type ContactTag, tagsQuery } from "@/lib/client/contacts";

const TagDialog = lazy(() => import("./tag-dialog"));

const columns: Column<ContactTag>[] = [
  {
    id: "name",
    header: "Tag",
    card: "title",
    csv: (row) => row.name,
    cell: (row) => (
      <TextLink look="name" href={`/contacts?tag=${encodeURIComponent(row.name)}`}>
        <bdi>{row.name}</bdi>
      </TextLink>
    ),
  },
  {
    id: "contacts",
    header: "Contacts",
    width: 110,
    align: "right",
    card: "line",
    csv: (row) => row.contacts,
    cell: (row) => row.contacts.toLocaleString("en"),
  },
];

export function TagTable() {
  const { tenantUuid, can } = useSignedIn();
  const tags = useQuery(tagsQuery(tenantUuid));
  const [asked, setAsked] = useState<{ act: "rename" | "delete"; tag: ContactTag } | null>(null);
  return (
    <section aria-labelledby="tags">
      <SectionHead
        id="tags"
        title="Tags"
        says="Words that people and imports put on contacts. A new one is made where it is first used."
      />
      <QueryView
        query={tags}
        skeleton={<ColumnsSkeleton columns={columns} rows={4} />}
        error={{ title: "The tags did not load", safe: "Contacts keep the tags they have." }}
        isEmpty={(data) => data.items.length === 0}
        empty={
          <EmptyState title="No tag yet">Select contacts in their list and press Tag: that makes the first.</EmptyState>
        }
      >
        {(data) => (
          <DataTable
            id="tags"
            label="Tags"
            columns={columns}
            rows={data.items}
            rowId={(row) => row.id}
            rowLabel={(row) => row.name}
            maxHeight="420px"
            hasTools={false}
            hasHotkeys={false}
            {...(can("contacts:bulk")
              ? {
                  rowActs: (row: ContactTag) => (
                    <Menu
                      label={`Acts for ${row.name}`}
                      align="end"
                      trigger={
                        <IconButton label={`Acts for ${row.name}`} size="row">
                          <Ellipsis aria-hidden="true" />
                        </IconButton>
                      }
                      items={[
                        { label: "Rename", onSelect: () => setAsked({ act: "rename", tag: row }) },
                        { label: "Delete", tone: "bad", onSelect: () => setAsked({ act: "delete", tag: row }) },
                      ]}
                    />
                  ),
                }
              : {})}
          />
        )}
      </QueryView>
      <Suspense fallback={null}>
        {asked && <TagDialog act={asked.act} tag={asked.tag} onClose={() => setAsked(null)} />}
      </Suspense>
    </section>
  );
}
