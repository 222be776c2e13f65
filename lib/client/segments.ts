import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { RuleTree } from "@/lib/domain/segments/rules";
import type {
  SegmentCount as CountShape,
  SegmentFields as FieldsShape,
  SegmentHistory as HistoryShape,
  SegmentMember as MemberShape,
  Segment as SegmentShape,
} from "@/lib/domain/segments/shapes";
import type { Page } from "./access";
import { api, type Json } from "./api";

/** The browser's view of segments. */
export type Segment = Omit<Json<SegmentShape>, "rules"> & { rules: RuleTree | null };
export type SegmentMember = Json<MemberShape>;
export type SegmentCount = Json<CountShape>;
export type SegmentFields = Json<FieldsShape>;
export type BuilderField = SegmentFields["items"][number];
export type SegmentHistory = Json<HistoryShape>;

export const segmentsPageSize = 50;

const list = <Item>(key: readonly unknown[], path: string, query: Record<string, string | null | undefined> = {}) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      api<Page<Item>>(path, { query: { ...query, limit: segmentsPageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Item>) => last.nextCursor,
  });

export type SegmentFilter = { kind?: "rules" | "list"; search?: string };
export const segmentsQuery = (tenant: string, filter: SegmentFilter = {}) =>
  list<Segment>([tenant, "segments", filter], "/segments", filter);

/** Asked again while its members are being found for the first time. */
export const segmentQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [tenant, "segment", id],
    queryFn: ({ signal }) => api<Segment>(`/segments/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.kind === "rules" && !state.data.refreshedAt ? 1_500 : false),
  });

export const segmentMembersQuery = (tenant: string, id: string) =>
  list<SegmentMember>([tenant, "segment", id, "members"], `/segments/${id}/members`);

export const segmentHistoryQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [tenant, "segment", id, "history"],
    queryFn: ({ signal }) => api<SegmentHistory>(`/segments/${id}/history`, { query: { days: 30 }, signal }),
  });

/** So many values of a field the builder is given at most; what is beyond is found by typing. */
export const valuesGiven = 500;
export const segmentFieldsQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "segment-fields"],
    queryFn: ({ signal }) => api<SegmentFields>("/segments/fields", { signal }),
    staleTime: 60_000,
  });

/** The number under typing; the one before stays until the next is there. */
export const segmentCountQuery = (tenant: string, rules: RuleTree, exact: boolean) =>
  queryOptions({
    queryKey: [tenant, "segment-count", JSON.stringify(rules), exact],
    queryFn: ({ signal }) =>
      api<SegmentCount>("/segments/count", {
        method: "POST",
        body: { rules, exact },
        signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
      }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

export type SegmentDraft = { name: string; description?: string | null; kind?: "rules" | "list"; rules?: RuleTree };
export const createSegment = (segment: SegmentDraft, idempotencyKey: string) =>
  api<Segment>("/segments", { method: "POST", body: segment, idempotencyKey });
export const changeSegment = (id: string, changes: Partial<SegmentDraft>) =>
  api<Segment>(`/segments/${id}`, { method: "PATCH", body: changes });
export const archiveSegment = (id: string) => api<Segment>(`/segments/${id}`, { method: "DELETE" });
export const refreshSegment = (id: string) => api<Segment>(`/segments/${id}/refresh`, { method: "POST" });
export const changeMembers = (id: string, changes: { add?: string[]; remove?: string[] }) =>
  api<{ added: number; removed: number; size: number }>(`/segments/${id}/members`, { method: "POST", body: changes });
