import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import type {
  MayContactAnswer as MayContactShape,
  PreferenceLinks,
  Suppression as SuppressionShape,
  Topic as TopicShape,
} from "@/lib/domain/consent/shapes";
import type { ConsentState, SuppressionReason } from "@/lib/domain/consent/vocabulary";
import { type Page, pageSize } from "./access";
import { api, type Json } from "./api";

/** The browser's view of consent. */
export type Reach = Json<MayContactShape>["items"][number];
export type Suppression = Json<SuppressionShape>;
export type Topic = Json<TopicShape>;

export const reachQuery = (tenant: string, contactId: string) =>
  queryOptions({
    queryKey: [tenant, "consent", "reach", contactId],
    queryFn: ({ signal }) => api<{ items: Reach[] }>(`/contacts/${contactId}/may-contact`, { signal }),
  });

export const suppressionsQuery = (tenant: string) =>
  infiniteQueryOptions({
    queryKey: [tenant, "consent", "suppressions"],
    queryFn: ({ pageParam, signal }) =>
      api<Page<Suppression>>("/suppressions", { query: { limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Suppression>) => last.nextCursor,
  });

export const topicsQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "consent", "topics"],
    queryFn: ({ signal }) => api<{ items: Topic[] }>("/topics", { signal }),
  });

export function recordConsent(
  contactId: string,
  body: { channel: Channel; state: ConsentState; sourceDetail?: string },
): Promise<{ items: Reach[] }> {
  return api(`/contacts/${contactId}/consents`, { method: "POST", body });
}

export type NewSuppression = {
  contactId?: string;
  address?: string;
  channel?: Channel | "*";
  reason: Exclude<SuppressionReason, "erasure">;
  note?: string;
};

export function suppress(body: NewSuppression): Promise<{ items: Suppression[]; added: number }> {
  return api("/suppressions", { method: "POST", body });
}

export function checkAddress(address: string): Promise<{ isSuppressed: boolean; items: Suppression[] }> {
  return api("/suppressions/check", { method: "POST", body: { address } });
}

export function liftSuppression(id: string, because: string): Promise<Suppression> {
  return api(`/suppressions/${id}/lift`, { method: "POST", body: { because } });
}

export function createTopic(body: { name: string; description?: string; isPublic: boolean }): Promise<Topic> {
  return api("/topics", { method: "POST", body });
}

export function updateTopic(
  id: string,
  body: { name?: string; description?: string | null; isPublic?: boolean; isArchived?: boolean },
): Promise<Topic> {
  return api(`/topics/${id}`, { method: "PATCH", body });
}

export function makePreferenceLink(contactId: string): Promise<PreferenceLinks> {
  return api(`/contacts/${contactId}/preference-link`, { method: "POST", body: {} });
}

/** What a word about consent changes on other pages: the person's time line, their page, the lists. */
export function consentChanged(client: QueryClient, tenant: string): void {
  for (const part of ["consent", "contacts", "audit"]) void client.invalidateQueries({ queryKey: [tenant, part] });
}
