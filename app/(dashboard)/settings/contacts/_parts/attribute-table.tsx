"use client";

import { useQuery } from "@tanstack/react-query";
import { Ellipsis, Plus } from "lucide-react";
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
import { type Attribute, attributesQuery } from "@/lib/client/contacts";
import { attributeTypeLabels } from "@/lib/domain/contacts/labels";

const AttributeDialog = lazy(() => import("./attribute-dialog"));
const DeleteAttributeDialog = lazy(() => import("./delete-attribute-dialog"));

const columns: Column<Attribute>[] = [
  {
    id: "label",
    header: "Attribute",
    card: "title",
    csv: (row) => row.label,
    cell: (row) => <bdi className="font-medium">{row.label}</bdi>,
  },
  {
    id: "key",
    header: "Key",
    card: "bare",
    csv: (row) => row.key,
    cell: (row) => <span className="font-mono text-12 text-soft">{row.key}</span>,
  },
  {
    id: "type",
    header: "Holds",
    width: 120,
    card: "bare",
    csv: (row) => attributeTypeLabels[row.type].label,
    cell: (row) => <span title={attributeTypeLabels[row.type].says}>{attributeTypeLabels[row.type].label}</span>,
  },
  {
    id: "values",
    header: "Known of",
    width: 110,
    align: "right",
    card: "line",
    csv: (row) => row.values,
    cell: (row) => row.values.toLocaleString("en"),
  },
];

export function AttributeTable() {
  const { tenantUuid, can } = useSignedIn();
  const attributes = useQuery(attributesQuery(tenantUuid));
  const [asked, setAsked] = useState<{ act: "edit" | "delete"; attribute: Attribute } | { act: "add" } | null>(null);
  const mayChange = can("contacts:configure");
  const close = () => setAsked(null);
  const add = (
    <Button icon={<Plus aria-hidden="true" />} onClick={() => setAsked({ act: "add" })}>
      Declare an attribute
    </Button>
  );
  return (
    <section aria-labelledby="attributes">
      <SectionHead
        id="attributes"
        title="Attributes"
        says="Facts of your own, each with what it may hold: so a rule, an import and a form know what a value looks like."
        action={mayChange && add}
      />
      <QueryView
        query={attributes}
        skeleton={<ColumnsSkeleton columns={columns} rows={4} />}
        error={{ title: "The attributes did not load", safe: "Values that are known stay known." }}
        isEmpty={(data) => data.items.length === 0}
        empty={
          <EmptyState title="No attribute yet">
            A birthday, a favourite cloth, a size: whatever you want to write to people by.
          </EmptyState>
        }
      >
        {(data) => (
          <DataTable
            id="attributes"
            label="Attributes"
            columns={columns}
            rows={data.items}
            rowId={(row) => row.id}
            rowLabel={(row) => row.label}
            maxHeight="none"
            hasTools={false}
            hasHotkeys={false}
            {...(mayChange
              ? {
                  rowActs: (row: Attribute) => (
                    <Menu
                      label={`Acts for ${row.label}`}
                      align="end"
                      trigger={
                        <IconButton label={`Acts for ${row.label}`} size="row">
                          <Ellipsis aria-hidden="true" />
                        </IconButton>
                      }
                      items={[
                        { label: "Rename", onSelect: () => setAsked({ act: "edit", attribute: row }) },
                        {
                          label: "Delete",
                          tone: "bad",
                          onSelect: () => setAsked({ act: "delete", attribute: row }),
                        },
                      ]}
                    />
                  ),
                }
              : {})}
          />
        )}
      </QueryView>
      <Suspense fallback={null}>
        {asked?.act === "add" && <AttributeDialog onClose={close} />}
        {asked?.act === "edit" && <AttributeDialog attribute={asked.attribute} onClose={close} />}
        {asked?.act === "delete" && <DeleteAttributeDialog attribute={asked.attribute} onClose={close} />}
      </Suspense>
    </section>
  );
}
