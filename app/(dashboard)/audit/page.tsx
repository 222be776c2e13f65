import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { auditQuery, pageSize } from "@/lib/client/access";
import { AuditList } from "@/lib/domain/access/shapes";
import { pageMay } from "@/lib/http/page-session";
import { findWorkspace } from "@/lib/services/access/find-workspace";
import { listAudit } from "@/lib/services/access/list-audit";
import { inside } from "../_parts/inside";
import { asFirstPage, Prefetched } from "../_parts/prefetched";
import { readUrlState } from "../_parts/url-words";
import { Audit } from "./client";
import { filterFrom, searchParams as urlWords } from "./search-params";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>;
}) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "audit:read")) return <NoEntry room="Audit" needs="audit:read" />;
  const [given, { timeZone }] = await Promise.all([searchParams, findWorkspace(ctx)]);
  const wanted = readUrlState(urlWords, (name) => [given[name]].flat()[0]);
  const filter = filterFrom(wanted, timeZone);
  const { from, until, ...words } = filter;
  const lines = await listAudit(ctx, {
    ...words,
    ...(from ? { from: new Date(from) } : {}),
    ...(until ? { until: new Date(until) } : {}),
    limit: pageSize,
  });
  return (
    <Prefetched entries={[[auditQuery(ctx.tenantId, filter).queryKey, asFirstPage(AuditList, lines)]]}>
      <Audit />
    </Prefetched>
  );
}
