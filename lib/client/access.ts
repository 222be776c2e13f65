import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  ApiKey as ApiKeyShape,
  AuditLine as AuditLineShape,
  Invitation as InvitationShape,
  Member as MemberShape,
  Me as MeShape,
  NeedsYou as NeedsYouShape,
  Session as SessionShape,
  AuditVerdict as VerdictShape,
  Workspace as WorkspaceShape,
} from "@/lib/domain/access/shapes";
import type { AuditAction, AuditSubject, Role } from "@/lib/domain/access/vocabulary";
import { api, type Json } from "./api";

/** The browser's view of access. Keys begin with the workspace: what one tab shows never stands in for another's. */
export type Me = Json<MeShape>;
export type Workspace = Json<WorkspaceShape>;
export type Member = Json<MemberShape>;
export type Invitation = Json<InvitationShape>;
export type ApiKey = Json<ApiKeyShape>;
export type CreatedKey = ApiKey & { secret: string };
export type Session = Json<SessionShape>;
export type AuditLine = Json<AuditLineShape>;
export type AuditVerdict = Json<VerdictShape>;
export type Need = Json<NeedsYouShape>["items"][number];
export type Page<Item> = { items: Item[]; nextCursor: string | null };

/** What the list of the log and its file are narrowed to; times are instants. */
export type AuditFilter = {
  search?: string;
  action?: AuditAction;
  subjectKind?: AuditSubject;
  from?: string;
  until?: string;
};

/** As many as the API gives at once: few lists of this domain need a second page. */
export const pageSize = 200;

function list<Item>(key: readonly unknown[], path: string, query: Record<string, string | null | undefined> = {}) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      api<Page<Item>>(path, { query: { ...query, limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Item>) => last.nextCursor,
  });
}

export const meQuery = (tenant: string) =>
  queryOptions({ queryKey: [tenant, "me"], queryFn: ({ signal }) => api<Me>("/me", { signal }) });

export const workspaceQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "workspace"],
    queryFn: ({ signal }) => api<Workspace>("/workspaces/current", { signal }),
  });

export const needsYouQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "needs-you"],
    queryFn: ({ signal }) => api<{ items: Need[] }>("/needs-you", { signal }),
  });

export const sessionsQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "sessions"],
    queryFn: ({ signal }) => api<{ items: Session[] }>("/sessions", { signal }),
  });

export const membersQuery = (tenant: string) => list<Member>([tenant, "members"], "/members");
export const invitationsQuery = (tenant: string) => list<Invitation>([tenant, "invitations"], "/invitations");
export const keysQuery = (tenant: string) => list<ApiKey>([tenant, "keys"], "/keys");
export const auditQuery = (tenant: string, filter: AuditFilter) =>
  list<AuditLine>([tenant, "audit", filter], "/audit", filter);

export const latestAuditQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "audit", "latest"],
    queryFn: ({ signal }) => api<Page<AuditLine>>("/audit", { query: { limit: 5 }, signal }),
  });

export const itemsOf = <Item>(data: InfiniteData<Page<Item>> | undefined): Item[] =>
  data?.pages.flatMap((page) => page.items) ?? [];

/** Changes what a list shows before the server has answered; the answer gives it back as it was. */
export async function changeItems<Item>(
  client: QueryClient,
  key: readonly unknown[],
  change: (items: Item[]) => Item[],
): Promise<() => void> {
  await client.cancelQueries({ queryKey: key });
  const before = client.getQueryData<InfiniteData<Page<Item>>>(key);
  client.setQueryData<InfiniteData<Page<Item>>>(
    key,
    (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) },
  );
  return () => client.setQueryData(key, before);
}

export type MeChanges = { name?: string; locale?: string; timeZone?: string | null };
export type WorkspaceChanges = Partial<
  Pick<Workspace, "name" | "timeZone" | "currency" | "postalAddress" | "allowedOrigins">
>;
export type NewKey = { name: string; scopes: string[]; expiresAt: string | null };

export const changeMe = (changes: MeChanges) => api<Me>("/me", { method: "PATCH", body: changes });
export const changeWorkspace = (changes: WorkspaceChanges) =>
  api<Workspace>("/workspaces/current", { method: "PATCH", body: changes });
export const createWorkspace = (workspace: { name: string; timeZone: string }) =>
  api<{ workspace: Workspace }>("/workspaces", { method: "POST", body: workspace });
export const openWorkspace = (tenantUuid: string) =>
  api<void>("/me/active-workspace", { method: "POST", body: { tenantUuid } });

export const changeRole = (id: string, role: Role) =>
  api<Member>(`/members/${id}`, { method: "PATCH", body: { role } });
export const removeMember = (id: string) => api<Member>(`/members/${id}`, { method: "DELETE" });
export const invite = (invitation: { email: string; role: Role }) =>
  api<Invitation>("/invitations", { method: "POST", body: invitation });
export const resendInvitation = (id: string) => api<Invitation>(`/invitations/${id}/resend`, { method: "POST" });
export const withdrawInvitation = (id: string) => api<Invitation>(`/invitations/${id}`, { method: "DELETE" });

export const createKey = (key: NewKey, idempotencyKey: string) =>
  api<CreatedKey>("/keys", { method: "POST", body: key, idempotencyKey });
export const revokeKey = (id: string) => api<ApiKey>(`/keys/${id}`, { method: "DELETE" });

export const endSession = (id: string) => api<{ revoked: number }>(`/sessions/${id}`, { method: "DELETE" });
export const endOtherSessions = () => api<{ revoked: number }>("/sessions", { method: "DELETE" });
export const changePassword = (change: { currentPassword?: string; newPassword: string }) =>
  api<{ revoked: number }>("/me/password", { method: "POST", body: change });
export const startSecondFactor = () =>
  api<{ secret: string; address: string }>("/me/second-factor", { method: "POST" });
export const confirmSecondFactor = (code: string) =>
  api<{ recoveryCodes: string[] }>("/me/second-factor/confirm", { method: "POST", body: { code } });
export const stopSecondFactor = () => api<void>("/me/second-factor", { method: "DELETE" });
export const prove = (given: { password?: string; code?: string }) =>
  api<void>("/me/proof", { method: "POST", body: given });

export const verifyAudit = () => api<AuditVerdict>("/audit/verify");
/** May be long, and the server sends it as it reads: nobody waits for it with a short clock. */
export const exportAudit = (filter: AuditFilter) =>
  api<Blob>("/audit/export", { query: filter, as: "file", signal: AbortSignal.timeout(15 * 60_000) });

/** next-auth's own door: it wants its token back before it ends a session. */
export async function signOut(): Promise<void> {
  const csrf = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  await fetch("/api/auth/signout", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "x-auth-return-redirect": "1" },
    body: new URLSearchParams({ csrfToken: csrf.csrfToken, callbackUrl: "/sign-in" }),
  });
}

/** `crypto.randomUUID` is missing where a colleague opens the product by plain http in the local network. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
