"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { KeyRound, Search } from "lucide-react";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { SearchField } from "@/components/access/search-field";
import { useSignedIn } from "@/components/access/signed-in";
import { DataTable } from "@/components/data-table/data-table";
import { FilterChips } from "@/components/data-table/filter-chips";
import { morePages } from "@/components/data-table/more-pages";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { localViewStore } from "@/components/data-table/views";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page-head";
import { type ApiKey, itemsOf, keysQuery } from "@/lib/client/access";
import { keyLabels } from "@/lib/domain/access/labels";
import { type KeyState, keyStates } from "@/lib/domain/access/vocabulary";
import { filtersOf } from "../_parts/saved-filters";
import { useUrlState } from "../_parts/use-url-state";
import { CallIt } from "./_parts/call-it";
import { keyColumns } from "./_parts/key-columns";
import { matches, searchParams } from "./search-params";

const NewKeyDialog = lazy(() => import("./_parts/new-key-dialog"));
const RevokeDialog = lazy(() => import("./_parts/revoke-dialog"));

const views = localViewStore("keys");

export function Agents({ address, perMinute }: { address: string; perMinute: number }) {
  const { tenantUuid, can } = useSignedIn();
  const mayChange = can("keys:write");
  const keys = useInfiniteQuery(keysQuery(tenantUuid));
  const all = itemsOf(keys.data);
  const [wanted, setWanted] = useUrlState(searchParams);
  const rows = all.filter((key) => matches(key, wanted));
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const commands = useMemo<Command[]>(
    () => [
      ...(mayChange
        ? [
            {
              id: "keys.create",
              label: "Create a key",
              keys: "c",
              scope: "agents",
              icon: <KeyRound aria-hidden="true" />,
              run: () => setWanted({ new: true }),
            },
          ]
        : []),
      {
        id: "keys.search",
        label: "Search the keys",
        keys: "/",
        scope: "agents",
        icon: <Search aria-hidden="true" />,
        run: () => field.current?.focus(),
      },
    ],
    [mayChange, setWanted],
  );
  useCommands(commands);

  const createButton = mayChange && (
    <Button variant="primary" keys="c" icon={<KeyRound aria-hidden="true" />} onClick={() => setWanted({ new: true })}>
      Create a key
    </Button>
  );

  return (
    <Page>
      <PageHead title="Agents and API" actions={all.length > 0 && createButton}>
        A key lets a program act in this workspace, within its scopes. What it changes stands in the audit log under its
        name.
      </PageHead>
      <QueryView
        query={keys}
        skeleton={<ColumnsSkeleton columns={keyColumns} rows={4} />}
        error={{ title: "The keys did not load", safe: "Programs go on calling; only this list is affected." }}
        isEmpty={() => all.length === 0}
        empty={
          <EmptyState title="No key has been made yet" action={createButton}>
            Give each program a key of its own: its calls can then be told apart, and one can be revoked without
            stopping the others.
          </EmptyState>
        }
      >
        {() => (
          <DataTable
            id="keys"
            label="API keys"
            columns={keyColumns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => row.name}
            maxHeight="min(560px, calc(100dvh - 188px))"
            viewStore={views}
            filterState={JSON.stringify({ q: wanted.q, state: wanted.state })}
            onApplyView={(view) => setWanted(filtersOf(view))}
            filters={
              <>
                <SearchField
                  field={field}
                  label="Search the keys"
                  value={wanted.q ?? ""}
                  pauseMs={80}
                  onChange={(q) => setWanted({ q: q || null })}
                />
                <FilterChips
                  filters={[
                    {
                      id: "state",
                      label: "State",
                      value: wanted.state,
                      choices: keyStates.map((value) => ({ value, label: keyLabels[value].label })),
                    },
                  ]}
                  onChange={(_, value) => setWanted({ state: value as KeyState | null })}
                />
              </>
            }
            nothing="No key matches. Change the words or the filter."
            {...(mayChange
              ? {
                  rowActs: (row: ApiKey) =>
                    row.state === "active" && (
                      <Button
                        size="row"
                        variant="risky"
                        onClick={() => setRevoking(row)}
                        aria-label={`Revoke ${row.name}`}
                      >
                        Revoke
                      </Button>
                    ),
                }
              : {})}
            {...morePages(keys, all.length)}
          />
        )}
      </QueryView>
      <CallIt address={address} perMinute={perMinute} />
      {wanted.new && mayChange && (
        <Suspense fallback={null}>
          <NewKeyDialog address={address} onClose={() => setWanted({ new: null })} />
        </Suspense>
      )}
      {revoking && (
        <Suspense fallback={null}>
          <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />
        </Suspense>
      )}
    </Page>
  );
}

const rowId = (row: ApiKey) => row.id;
