import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  DataRequest as DataRequestShape,
  Erasure as ErasureShape,
  PersonExport as PersonExportShape,
  ProcessingRecord as ProcessingShape,
  Retention as RetentionShape,
} from "@/lib/domain/privacy/shapes";
import type { DataClass, RequestKind } from "@/lib/domain/privacy/vocabulary";
import { type Page, pageSize } from "./access";
import { api, type Json } from "./api";

/** The browser's view of data protection. */
export type DataRequest = Json<DataRequestShape>;
export type Erasure = Json<ErasureShape>;
export type RetentionRule = Json<RetentionShape>["items"][number];
export type ProcessingLine = Json<ProcessingShape>["items"][number];

function list<Item>(tenant: string, part: string, path: string) {
  return infiniteQueryOptions({
    queryKey: [tenant, "privacy", part],
    queryFn: ({ pageParam, signal }) =>
      api<Page<Item>>(path, { query: { limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Item>) => last.nextCursor,
  });
}

export const dataRequestsQuery = (tenant: string) => list<DataRequest>(tenant, "requests", "/data-requests");
export const erasuresQuery = (tenant: string) => list<Erasure>(tenant, "erasures", "/erasures");

export const retentionQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "privacy", "retention"],
    queryFn: ({ signal }) => api<{ items: RetentionRule[] }>("/retention", { signal }),
  });

export const processingQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "privacy", "processing"],
    queryFn: ({ signal }) => api<{ items: ProcessingLine[] }>("/processing-record", { signal }),
  });

export type NewRequest = {
  kind: RequestKind;
  contactId?: string;
  askedBy?: string;
  note?: string;
  receivedAt?: string;
};

export function openDataRequest(body: NewRequest): Promise<DataRequest> {
  return api("/data-requests", { method: "POST", body });
}

export function closeDataRequest(id: string, state: "done" | "refused", outcome: string): Promise<DataRequest> {
  return api(`/data-requests/${id}/close`, { method: "POST", body: { state, outcome } });
}

export function saveRetention(rules: { dataClass: DataClass; days: number }[]): Promise<{ items: RetentionRule[] }> {
  return api("/retention", { method: "PUT", body: { rules } });
}

export function erasePerson(contactId: string, requestId?: string): Promise<Erasure> {
  return api(`/contacts/${contactId}/erase`, { method: "POST", body: requestId ? { requestId } : {} });
}

export function exportPerson(contactId: string): Promise<Json<PersonExportShape>> {
  return api(`/contacts/${contactId}/export`, { method: "POST" });
}

export function privacyChanged(client: QueryClient, tenant: string): void {
  for (const part of ["privacy", "contacts", "needs-you", "audit"])
    void client.invalidateQueries({ queryKey: [tenant, part] });
}
