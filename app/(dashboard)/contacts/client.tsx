"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Download, Ellipsis, Search, SlidersHorizontal, Upload, UserPlus, Users } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { keepOrder } from "@/components/contacts/list-order";
import { useSettled } from "@/components/contacts/use-settled";
import { type BulkAct, DataTable, type Reach } from "@/components/data-table/data-table";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { localViewStore } from "@/components/data-table/views";
import { QueryView } from "@/components/feedback/query-view";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { Button, ButtonLink } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { Page, PageHead } from "@/components/ui/page-head";
import { itemsOf } from "@/lib/client/access";
import { type ContactRow, contactsQuery } from "@/lib/client/contacts";
import { filtersOf } from "../_parts/saved-filters";
import { useUrlState } from "../_parts/use-url-state";
import type { Asked } from "./_parts/bulk-dialog";
import { columns, rowId, rowLabel } from "./_parts/contact-columns";
import { FilterBar } from "./_parts/filter-bar";
import { sortAfter, sortShown } from "./_parts/sort-words";
import { filterFrom, filterNames, searchParams } from "./search-params";

const RunningChanges = lazy(() => import("./_parts/running-changes"));
const NewContactDrawer = lazy(() => import("./_parts/new-contact-drawer"));
const ContactsEmpty = lazy(() => import("@/components/contacts/contacts-empty"));
const BulkDialog = lazy(() => import("./_parts/bulk-dialog"));
const MergeDialog = lazy(() => import("./_parts/merge-dialog"));
const ExportDialog = lazy(() =>
  import("@/components/contacts/export-dialog").then((module) => ({ default: module.ExportDialog })),
);

const views = localViewStore("contacts");

export function Contacts() {
  const { tenantUuid, workspace, can } = useSignedIn();
  const router = useRouter();
  const [wanted, setWanted] = useUrlState(searchParams);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [merging, setMerging] = useState<{ pair: [ContactRow, ContactRow]; clear: () => void } | null>(null);
  const [isExporting, setExporting] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const isSettled = useSettled();
  const [filter, sort] = [filterFrom(wanted), wanted.sort ?? "newest"];
  const contacts = useInfiniteQuery({
    ...contactsQuery(tenantUuid, filter, sort),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => itemsOf(contacts.data), [contacts.data]);
  const isFiltered = Object.keys(filter).length > 0;
  const [mayWrite, mayBulk, mayExport] = [can("contacts:write"), can("contacts:bulk"), can("contacts:export")];

  const commands = useMemo<Command[]>(
    () => [
      {
        id: "contacts.search",
        label: "Search the contacts",
        keys: "/",
        scope: "contacts",
        icon: <Search aria-hidden="true" />,
        run: () => field.current?.focus(),
      },
      ...(mayWrite
        ? [
            {
              id: "contacts.new",
              label: "New contact",
              keys: "c",
              scope: "contacts",
              icon: <UserPlus aria-hidden="true" />,
              run: () => setWanted({ new: true }),
            },
          ]
        : []),
      ...(mayBulk
        ? [
            {
              id: "contacts.import",
              label: "Import contacts from a file",
              scope: "contacts",
              words: ["csv", "upload"],
              icon: <Upload aria-hidden="true" />,
              run: () => router.push("/contacts/import" as Route),
            },
            {
              id: "contacts.duplicates",
              label: "Find duplicates",
              scope: "contacts",
              words: ["merge", "twice"],
              icon: <Users aria-hidden="true" />,
              run: () => router.push("/contacts/duplicates" as Route),
            },
          ]
        : []),
    ],
    [mayWrite, mayBulk, setWanted, router],
  );
  useCommands(commands);

  const open = (row: ContactRow) => {
    keepOrder(rows.map(rowId), window.location.search);
    router.push(`/contacts/${row.id}` as Route);
  };
  const ask = (act: Asked["act"]) => (chosen: ContactRow[], clear: () => void, reach: Reach) =>
    setAsked({
      act,
      clear,
      target: reach === "matching" ? { filter } : { ids: chosen.map(rowId) },
      who: whoIs(chosen, reach),
    });
  const bulk: BulkAct<ContactRow>[] = [
    { label: "Tag", run: ask("tag") },
    { label: "Stage", run: ask("stage") },
    { label: "Owner", run: ask("owner") },
    { label: "Take a tag away", run: ask("untag") },
    { label: "Put on a list", run: ask("segment_add") },
    { label: "Take off a list", run: ask("segment_remove") },
    { label: "Note their consent", run: ask("consent") },
    {
      label: "Merge",
      offBecause: (chosen, reach) => (chosen.length === 2 && reach === "rows" ? undefined : "choose exactly two"),
      run: ([one, other], clear) => one && other && setMerging({ pair: [one, other], clear }),
    },
    { label: "Delete", tone: "bad", run: ask("delete") },
  ];

  const clear = () => setWanted({ q: null, ...Object.fromEntries(filterNames.map((name) => [name, null])) });
  const { new: isNew, ...shownState } = wanted;

  return (
    <Page>
      <PageHead
        title="Contacts"
        actions={
          <>
            <MoreMenu
              acts={[
                ...(mayBulk
                  ? [
                      {
                        kind: "link" as const,
                        label: "Import",
                        icon: <Upload aria-hidden="true" />,
                        href: "/contacts/import",
                      },
                    ]
                  : []),
                ...(mayExport
                  ? [
                      {
                        label: isFiltered ? "Export these" : "Export",
                        icon: <Download aria-hidden="true" />,
                        onSelect: () => setExporting(true),
                      },
                    ]
                  : []),
              ]}
            />
            {mayExport && (
              <Button
                icon={<Download aria-hidden="true" />}
                className="max-sm:hidden"
                onClick={() => setExporting(true)}
              >
                {isFiltered ? "Export these" : "Export"}
              </Button>
            )}
            {mayBulk && (
              <ButtonLink href="/contacts/import" icon={<Upload aria-hidden="true" />} className="max-sm:hidden">
                Import
              </ButtonLink>
            )}
            {mayWrite && (
              <Button
                variant="primary"
                keys="c"
                icon={<UserPlus aria-hidden="true" />}
                onClick={() => setWanted({ new: true })}
              >
                New contact
              </Button>
            )}
          </>
        }
      />
      {mayBulk && isSettled && (
        <Suspense fallback={null}>
          <RunningChanges />
        </Suspense>
      )}
      <QueryView
        query={contacts}
        skeleton={<ColumnsSkeleton columns={columns} rows={14} />}
        error={{
          title: "The contacts did not load",
          safe: "Nothing is lost. Your filters are kept.",
          // The filters themselves may be what cannot be answered, and their bar stands with the table that is not there.
          action: isFiltered && <Button onClick={clear}>Show everybody</Button>,
        }}
        isEmpty={() => rows.length === 0 && !isFiltered && !contacts.isPlaceholderData}
        empty={<ContactsEmpty mayWrite={mayWrite} mayImport={mayBulk} />}
      >
        {() => (
          <DataTable
            id="contacts"
            label="Contacts"
            columns={columns}
            rows={rows}
            rowId={rowId}
            rowLabel={rowLabel}
            onOpen={open}
            sort={sortShown(sort)}
            onSortChange={(pressed) => {
              const next = sortAfter(sort, pressed);
              setWanted({ sort: next === "newest" ? null : next });
            }}
            {...(mayBulk ? { bulk, reachesAll: true } : {})}
            csvName={`contacts ${workspace.name} as seen`}
            viewStore={views}
            filterState={JSON.stringify(shownState)}
            onApplyView={(view) => setWanted(filtersOf(view))}
            filters={<FilterBar field={field} wanted={wanted} onChange={setWanted} />}
            nothing={
              <span className="flex flex-wrap items-center gap-3">
                Nobody matches {wanted.q ? <>“{wanted.q}”</> : "these filters"}.
                <Button size="row" onClick={clear}>
                  Show everybody
                </Button>
              </span>
            }
            pages={{
              kind: "more",
              hasMore: contacts.hasNextPage,
              isLoading: contacts.isFetchingNextPage,
              onMore: () => void contacts.fetchNextPage(),
              shown: rows.length,
            }}
          />
        )}
      </QueryView>
      <Suspense fallback={null}>
        {isNew && mayWrite && <NewContactDrawer onClose={() => setWanted({ new: null })} />}
        {asked && <BulkDialog asked={asked} onClose={() => setAsked(null)} />}
        {merging && <MergeDialog pair={merging.pair} onClose={() => setMerging(null)} onMerged={merging.clear} />}
        {isExporting && <ExportDialog isOpen filter={filter} onClose={() => setExporting(false)} />}
      </Suspense>
    </Page>
  );
}

/** The rooms beside the list. On a phone, where there is room for one button only, the acts of the head stand here too. */
function MoreMenu({ acts }: { acts: readonly MenuItem[] }) {
  return (
    <Menu
      label="More about contacts"
      align="end"
      width={230}
      trigger={
        <IconButton label="More about contacts">
          <Ellipsis aria-hidden="true" />
        </IconButton>
      }
      items={[
        ...acts,
        ...(acts.length > 0 ? [{ kind: "line" as const }] : []),
        { kind: "link", label: "Duplicates", icon: <Users aria-hidden="true" />, href: "/contacts/duplicates" },
        { kind: "link", label: "Imports and exports", icon: <Upload aria-hidden="true" />, href: "/contacts/imports" },
        {
          kind: "link",
          label: "Tags, attributes, lead score",
          icon: <SlidersHorizontal aria-hidden="true" />,
          href: "/settings/contacts",
        },
      ]}
    />
  );
}

/** "Josette Alcindor", "12 contacts", "everybody who matches": whom an act is about. */
function whoIs(chosen: readonly ContactRow[], reach: Reach): string {
  if (reach === "matching") return "everybody who matches";
  const [only] = chosen;
  return chosen.length === 1 && only ? rowLabel(only) : `${chosen.length.toLocaleString("en")} contacts`;
}
