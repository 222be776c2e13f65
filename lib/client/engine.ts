import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  EngineEventDetail as EventDetailShape,
  EngineEvent as EventShape,
  EngineFunctionList as FunctionListShape,
  Owner,
  RunDetail as RunDetailShape,
  Run as RunShape,
  RunSummary as SummaryShape,
} from "@/lib/domain/engine/shapes";
import type { ReplayStart, RunStatus } from "@/lib/domain/engine/vocabulary";
import { type Page, pageSize } from "./access";
import { api, type Json } from "./api";

/** The browser's view of the engine. What is open is asked for again and again: these lists live. */
export type Run = Json<RunShape>;
export type RunDetail = Json<RunDetailShape>;
export type RunStep = RunDetail["steps"][number];
export type RunRef = RunDetail["children"][number];
export type RunState = NonNullable<Run["state"]>;
export type RunSummary = Json<SummaryShape>;
export type EngineFunctions = Json<FunctionListShape>;
export type EngineFunction = EngineFunctions["items"][number];
export type EngineEvent = Json<EventShape>;
export type EngineEventDetail = Json<EventDetailShape>;

export type RunFilter = {
  status?: RunStatus;
  function?: string;
  subject?: string;
  search?: string;
  from?: string;
  until?: string;
  worksFor?: Owner;
};

export const livelyMs = 2_000;
export const calmMs = 10_000;
/** A step of pages asks for all of them again each time: beyond this one looks at the past, which does not move. */
const mostLivePages = 2;

export const isOpenRun = (run: Pick<Run, "status">) => run.status === "queued" || run.status === "running";

export const runsQuery = (tenant: string, filter: RunFilter) =>
  infiniteQueryOptions({
    queryKey: [tenant, "runs", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      api<Page<Run>>("/runs", { query: { ...filter, limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Run>) => last.nextCursor,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      if (pages.length > mostLivePages) return false;
      return pages.some((page) => page.items.some(isOpenRun)) ? livelyMs : calmMs;
    },
    staleTime: livelyMs,
  });

export const runQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [tenant, "runs", "one", id],
    queryFn: ({ signal }) => api<RunDetail>(`/runs/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isOpenRun(state.data) ? livelyMs : calmMs),
    staleTime: livelyMs,
  });

export const runSummaryQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "runs", "summary"],
    queryFn: ({ signal }) => api<RunSummary>("/runs/summary", { signal }),
    refetchInterval: calmMs,
    staleTime: livelyMs,
  });

export const functionsQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "runs", "functions"],
    queryFn: ({ signal }) => api<EngineFunctions>("/functions", { signal }),
    refetchInterval: calmMs,
    staleTime: livelyMs,
  });

export const eventsQuery = (tenant: string, filter: { name?: string }) =>
  infiniteQueryOptions({
    queryKey: [tenant, "runs", "events", filter],
    queryFn: ({ pageParam, signal }) =>
      api<Page<EngineEvent>>("/engine/events", { query: { ...filter, limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<EngineEvent>) => last.nextCursor,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > mostLivePages ? false : calmMs),
    staleTime: livelyMs,
  });

export const eventQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [tenant, "runs", "event", id],
    queryFn: ({ signal }) => api<EngineEventDetail>(`/engine/events/${encodeURIComponent(id)}`, { signal }),
  });

/** In full, however long: only when somebody wants to see it. What is recorded never changes. */
export const outputQuery = (tenant: string, id: string, step: string | null) =>
  queryOptions({
    queryKey: [tenant, "runs", "output", id, step],
    queryFn: ({ signal }) =>
      api<{ output: unknown }>(`/runs/${encodeURIComponent(id)}/output`, { query: { step }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const cancelRun = (id: string) => api<RunDetail>(`/runs/${id}/cancel`, { method: "POST" });
export const replayRun = (id: string, from: ReplayStart, idempotencyKey: string) =>
  api<RunDetail>(`/runs/${id}/replay`, { method: "POST", body: { from }, idempotencyKey });
