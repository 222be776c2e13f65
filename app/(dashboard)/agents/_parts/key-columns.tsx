import { scopesInShort } from "@/components/access/scope-words";
import { keyShapes } from "@/components/access/status-shapes";
import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { ApiKey } from "@/lib/client/access";
import { keyLabels } from "@/lib/domain/access/labels";

const soonMs = 14 * 24 * 60 * 60_000;

export const keyColumns: Column<ApiKey>[] = [
  {
    id: "name",
    header: "Name",
    card: "title",
    csv: (row) => row.name,
    cell: (row) => <span className={row.state === "active" ? "font-medium" : "text-soft"}>{row.name}</span>,
  },
  {
    id: "prefix",
    header: "Begins with",
    width: 160,
    card: "bare",
    csv: (row) => row.prefix,
    cell: (row) => <span className="font-mono text-12 text-soft">{row.prefix}</span>,
  },
  {
    id: "scopes",
    header: "May",
    card: "line",
    csv: (row) => row.scopes.join(" "),
    cell: (row) => (
      <span title={row.scopes.join("\n")} className={row.scopes.includes("*") ? "" : "font-mono text-12"}>
        {scopesInShort(row.scopes)}
      </span>
    ),
  },
  {
    id: "state",
    header: "State",
    width: 110,
    card: "bare",
    csv: (row) => keyLabels[row.state].label,
    cell: (row) => (
      <Status tone={keyLabels[row.state].tone} shape={keyShapes[row.state]}>
        {keyLabels[row.state].label}
      </Status>
    ),
  },
  {
    id: "used",
    header: "Last used",
    width: 120,
    card: "line",
    csv: (row) => (row.lastUsedAt ? new Date(row.lastUsedAt) : null),
    cell: (row) => (row.lastUsedAt ? <Time at={row.lastUsedAt} /> : <span className="text-faint">never</span>),
  },
  {
    id: "ends",
    header: "Ends",
    width: 120,
    card: "line",
    csv: (row) => (row.expiresAt ? new Date(row.expiresAt) : null),
    cell: (row) => <Ends row={row} />,
  },
  {
    id: "by",
    header: "Created by",
    card: "line",
    csv: (row) => row.createdBy,
    cell: (row) => (
      <span className="text-soft">
        {row.createdBy ?? "the command line"}, <Time at={row.createdAt} />
      </span>
    ),
  },
];

function Ends({ row }: { row: ApiKey }) {
  if (row.revokedAt)
    return (
      <span className="text-soft">
        revoked <Time at={row.revokedAt} />
      </span>
    );
  if (!row.expiresAt) return <span className="text-faint">never</span>;
  const isSoon = row.state === "active" && new Date(row.expiresAt).getTime() - Date.now() < soonMs;
  return <Time at={row.expiresAt} className={isSoon ? "text-waiting" : "text-soft"} />;
}
