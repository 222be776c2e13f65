import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { pageSize } from "@/lib/client/access";
import { eventsQuery, functionsQuery, runSummaryQuery, runsQuery } from "@/lib/client/engine";
import { engineMode } from "@/lib/domain/engine/engine-mode";
import { EngineEventList, EngineFunctionList, RunList, RunSummary } from "@/lib/domain/engine/shapes";
import { fromWireSubject, toWireSubject } from "@/lib/domain/engine/subject";
import { env } from "@/lib/env";
import { pageMay } from "@/lib/http/page-session";
import { findWorkspace } from "@/lib/services/access/find-workspace";
import type { Context } from "@/lib/services/context";
import { listEngineEvents } from "@/lib/services/engine/list-events";
import { listEngineFunctions } from "@/lib/services/engine/list-functions";
import { listRuns } from "@/lib/services/engine/list-runs";
import { summariseRuns } from "@/lib/services/engine/summarise-runs";
import { inside } from "../../_parts/inside";
import { asFirstPage, asSent, Prefetched } from "../../_parts/prefetched";
import { readUrlState } from "../../_parts/url-words";
import { Runs } from "../client";
import { filterFrom, searchParams as urlWords, type Wanted } from "../search-params";

/**
 * In a group of its own so that its skeleton is not that of a single run too: behind a skeleton the answer has begun, and
 * a run that is not there could no longer be a 404.
 */
export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[]>> }) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "runs:read")) return <NoEntry room="Runs" needs="runs:read" />;
  const given = await searchParams;
  const wanted = readUrlState(urlWords, (name) => [given[name]].flat()[0]);
  const engine = engineMode(env);
  const functions = await listEngineFunctions(ctx, engine);
  return (
    <Prefetched
      entries={[
        [functionsQuery(ctx.tenantId).queryKey, asSent(EngineFunctionList, functions)],
        ...(wanted.tab === "events" ? await eventEntries(ctx, wanted) : []),
        ...(wanted.tab === null ? await runEntries(ctx, wanted) : []),
      ]}
    >
      <Runs engine={engine} ownSubject={toWireSubject({ kind: "workspace", id: ctx.tenantId })} />
    </Prefetched>
  );
}

async function runEntries(ctx: Context, wanted: Wanted) {
  const { timeZone } = await findWorkspace(ctx);
  const filter = filterFrom(wanted, timeZone);
  const { from, until, subject, worksFor = "workspace", ...words } = filter;
  const about = subject ? fromWireSubject(subject) : null;
  // The id of something else: the browser asks, and is told so.
  if (subject && !about) return [];
  const [runs, summary] = await Promise.all([
    listRuns(ctx, {
      ...words,
      worksFor,
      limit: pageSize,
      ...(about ? { subject: about } : {}),
      ...(from ? { from: new Date(from) } : {}),
      ...(until ? { until: new Date(until) } : {}),
    }),
    summariseRuns(ctx),
  ]);
  return [
    [runsQuery(ctx.tenantId, filter).queryKey, asFirstPage(RunList, runs)],
    [runSummaryQuery(ctx.tenantId).queryKey, asSent(RunSummary, summary)],
  ] as const;
}

async function eventEntries(ctx: Context, wanted: Wanted) {
  const name = wanted.name?.trim().slice(0, 200);
  const filter = name ? { name } : {};
  const events = await listEngineEvents(ctx, { ...filter, limit: pageSize });
  return [[eventsQuery(ctx.tenantId, filter).queryKey, asFirstPage(EngineEventList, events)]] as const;
}
