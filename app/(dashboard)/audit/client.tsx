"use client";

import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Download, Link2, Search } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from "react";
import { AuditSentence } from "@/components/access/audit-sentence";
import { SearchField } from "@/components/access/search-field";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { csvFileName } from "@/components/data-table/csv";
import { DataTable } from "@/components/data-table/data-table";
import { FilterChips } from "@/components/data-table/filter-chips";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { localViewStore } from "@/components/data-table/views";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page-head";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { type AuditFilter, type AuditLine, auditQuery, exportAudit, itemsOf, verifyAudit } from "@/lib/client/access";
import { ApiError } from "@/lib/client/api";
import { auditLabels } from "@/lib/domain/access/labels";
import { auditActions, auditSubjects } from "@/lib/domain/access/vocabulary";
import { filtersOf } from "../_parts/saved-filters";
import { useUrlState } from "../_parts/use-url-state";
import { DateFilter } from "./_parts/date-filter";
import { filterFrom, searchParams } from "./search-params";

const LineDrawer = lazy(() => import("./_parts/line-drawer"));
const ChainVerdict = lazy(() => import("./_parts/chain-verdict"));

const subjectLabels: Record<(typeof auditSubjects)[number], string> = {
  workspace: "The workspace",
  member: "Members",
  invitation: "Invitations",
  key: "Keys",
  audit: "The log itself",
  run: "Runs",
  contact: "Contacts",
  company: "Companies",
  tag: "Tags",
  attribute: "Attributes",
  score_model: "The lead score",
  consent: "Consent",
  suppression: "Suppressions",
  topic: "Topics",
  segment: "Segments",
  import: "Imports",
  export: "Exports",
  change: "Changes of many contacts",
  data_request: "Data requests",
  retention: "Retention",
};

const columns: Column<AuditLine>[] = [
  {
    id: "what",
    header: "What happened",
    card: "title",
    csv: (row) => `${row.actor.name} ${auditLabels[row.action]}: ${row.subject.name}`,
    cell: (row) => (
      <span className="block truncate text-soft max-sm:whitespace-normal max-sm:text-14 max-sm:leading-5">
        <AuditSentence line={row} />
        {row.actor.kind !== "person" && (
          <span className="ml-2">
            <Tag tone="line">{row.actor.kind === "key" ? "By a key" : row.actor.kind}</Tag>
          </span>
        )}
      </span>
    ),
  },
  {
    id: "action",
    header: "Action",
    width: 180,
    card: "off",
    csv: (row) => row.action,
    cell: (row) => <span className="font-mono text-12 text-soft">{row.action}</span>,
  },
  {
    id: "from",
    header: "From",
    width: 130,
    card: "off",
    csv: (row) => row.ip,
    cell: (row) => <span className="text-soft">{row.ip?.replace(/\.0$/, ".x") ?? "—"}</span>,
  },
  {
    id: "seq",
    header: "Line",
    width: 70,
    align: "right",
    card: "off",
    csv: (row) => row.seq,
    cell: (row) => <span className="text-faint">{row.seq.toLocaleString("en")}</span>,
  },
  {
    id: "at",
    header: "When",
    width: 140,
    align: "right",
    card: "line",
    csv: (row) => new Date(row.at),
    cell: (row) => <Time at={row.at} className="text-soft" />,
  },
];

const views = localViewStore("audit");

export function Audit() {
  const { tenantUuid, workspace } = useSignedIn();
  const [wanted, setWanted] = useUrlState(searchParams);
  const filter = filterFrom(wanted, workspace.timeZone);
  const lines = useInfiniteQuery({ ...auditQuery(tenantUuid, filter), placeholderData: keepPreviousData });
  const rows = useMemo(() => itemsOf(lines.data), [lines.data]);
  const isFiltered = Object.keys(filter).length > 0;
  const open = wanted.line ? rows.find((row) => String(row.seq) === wanted.line) : undefined;
  const field = useRef<HTMLInputElement>(null);

  const check = useMutation({ mutationFn: verifyAudit });
  const { mutate: runCheck } = check;
  const save = useMutation({
    mutationFn: (which: AuditFilter) => exportAudit(which),
    onSuccess: (file) => saveBlob(csvFileName(`audit ${workspace.name}`), file),
    onError: (error) => {
      // "Not now" at the question who one is: nothing failed.
      if (!(error instanceof ApiError && error.reason === "proof_needed")) toast({ tone: "bad", text: error.message });
    },
  });
  const { mutate: runSave } = save;
  const filterText = JSON.stringify(filter);
  const runExport = useCallback(() => runSave(JSON.parse(filterText) as AuditFilter), [runSave, filterText]);

  useEffect(() => {
    if (!wanted.check) return;
    runCheck();
    setWanted({ check: null });
  }, [wanted.check, runCheck, setWanted]);

  const commands = useMemo<Command[]>(
    () => [
      {
        id: "audit.search",
        label: "Search the log",
        keys: "/",
        scope: "audit",
        icon: <Search aria-hidden="true" />,
        run: () => field.current?.focus(),
      },
      {
        id: "audit.check",
        label: "Check the chain",
        scope: "audit",
        icon: <Link2 aria-hidden="true" />,
        words: ["verify", "tamper"],
        run: () => runCheck(),
      },
      {
        id: "audit.export",
        label: "Export the log as CSV",
        scope: "audit",
        icon: <Download aria-hidden="true" />,
        run: runExport,
      },
    ],
    [runCheck, runExport],
  );
  useCommands(commands);

  const { q, action, subject, from, to } = wanted;
  const clear = () => setWanted({ q: null, action: null, subject: null, from: null, to: null });

  return (
    <Page>
      <PageHead
        title="Audit"
        actions={
          <>
            <Button icon={<Link2 aria-hidden="true" />} busy={check.isPending} onClick={() => runCheck()}>
              Check the chain
            </Button>
            <Button icon={<Download aria-hidden="true" />} busy={save.isPending} onClick={runExport}>
              {isFiltered ? "Export these" : "Export all"}
            </Button>
          </>
        }
      >
        Who did what, with before and after. Lines are only ever added, and each is sealed to the one before it.
      </PageHead>
      {/* The live region stands before there is something to say; the words come with the first check. */}
      <div role="status">
        {!check.isIdle && (
          <Suspense fallback={null}>
            <ChainVerdict check={check} />
          </Suspense>
        )}
      </div>
      <QueryView
        query={lines}
        skeleton={<ColumnsSkeleton columns={columns} rows={12} />}
        error={{ title: "The log did not load", safe: "What was written is safe. Your filters are kept." }}
        isEmpty={() => rows.length === 0 && !isFiltered}
        empty={
          <EmptyState title="Nothing has been noted yet">
            The first line is written with the first change: an invitation, a role, a key, a setting.
          </EmptyState>
        }
      >
        {() => (
          <DataTable
            id="audit"
            label="Audit log"
            columns={columns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => `Line ${row.seq}`}
            onOpen={(row) => setWanted({ line: String(row.seq) })}
            csvName={`audit ${workspace.name} as seen`}
            viewStore={views}
            filterState={JSON.stringify({ q, action, subject, from, to })}
            onApplyView={(view) => setWanted(filtersOf(view))}
            filters={
              <>
                <SearchField
                  field={field}
                  label="Search the log"
                  value={wanted.q ?? ""}
                  onChange={(q) => setWanted({ q: q || null })}
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
                      id: "action",
                      label: "Action",
                      value: wanted.action,
                      choices: auditActions.map((value) => ({ value, label: auditLabels[value] })),
                    },
                    {
                      id: "subject",
                      label: "About",
                      value: wanted.subject,
                      choices: auditSubjects.map((value) => ({ value, label: subjectLabels[value] })),
                    },
                  ]}
                  onChange={(id, value) => setWanted({ [id]: value })}
                />
              </>
            }
            nothing={
              <span className="flex flex-wrap items-center gap-3">
                No line matches these filters.
                <Button size="row" onClick={clear}>
                  Show all lines
                </Button>
              </span>
            }
            pages={{
              kind: "more",
              hasMore: lines.hasNextPage,
              isLoading: lines.isFetchingNextPage,
              onMore: () => void lines.fetchNextPage(),
              shown: rows.length,
            }}
          />
        )}
      </QueryView>
      {open && (
        <Suspense fallback={null}>
          <LineDrawer line={open} onClose={() => setWanted({ line: null })} />
        </Suspense>
      )}
    </Page>
  );
}

const rowId = (row: AuditLine) => row.id;

function saveBlob(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
