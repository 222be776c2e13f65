import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { BulkChange as ChangeShape } from "@/lib/domain/contacts/bulk-shapes";
import type { Merge as MergeShape } from "@/lib/domain/contacts/merge-shapes";
import type {
  ScoreModel as ModelShape,
  ScorePreview as PreviewShape,
  ScoreWeights as WeightsShape,
} from "@/lib/domain/contacts/score-shapes";
import type {
  Attribute as AttributeShape,
  Company as CompanyShape,
  Contact as ContactShape,
  ContactSort,
  ContactFilter as FilterShape,
  ContactRow as RowShape,
  Tag as TagShape,
} from "@/lib/domain/contacts/shapes";
import type { Note as NoteShape, Task as TaskShape } from "@/lib/domain/contacts/task-shapes";
import type { TimelineItem as LineShape } from "@/lib/domain/contacts/timeline-shapes";
import type { AttributeType, BulkAct, DuplicateReason, IdentityChannel } from "@/lib/domain/contacts/vocabulary";
import type { Page } from "./access";
import { api, type Json } from "./api";

/** The browser's view of contacts. Ids are those of the wire: `con_…`, `seg_…`. */
export type Contact = Json<ContactShape>;
export type ContactRow = Json<RowShape>;
export type ContactFilter = FilterShape;
export type { ContactSort };

/** A page of the table: the next one is a press away. */
export const pageSize = 50;

/** What a form may say of a person: absent leaves as it is, null takes away. */
export type ContactChanges = {
  externalId?: string | null;
  name?: string;
  email?: string | null;
  phone?: string | null;
  customerType?: Contact["customerType"] | null;
  stage?: Contact["stage"];
  timeZone?: string | null;
  locale?: string | null;
  devicePreference?: Contact["devicePreference"];
  preferredChannel?: Contact["preferredChannel"];
  company?: string | null;
  ownerId?: string | null;
  tags?: string[];
  attributes?: Contact["attributes"];
};

export const contactsQuery = (tenant: string, filter: ContactFilter, sort: ContactSort) =>
  infiniteQueryOptions({
    queryKey: [tenant, "contacts", "list", filter, sort],
    queryFn: ({ pageParam, signal }) =>
      api<Page<ContactRow>>("/contacts", { query: { ...filter, sort, limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<ContactRow>) => last.nextCursor,
  });

export const contactQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [tenant, "contacts", "one", id],
    queryFn: ({ signal }) => api<Contact>(`/contacts/${id}`, { signal }),
  });

export const createContact = (contact: ContactChanges) => api<Contact>("/contacts", { method: "POST", body: contact });
export const changeContact = (id: string, changes: ContactChanges) =>
  api<Contact>(`/contacts/${id}`, { method: "PATCH", body: changes });
export const addIdentity = (
  id: string,
  identity: { channel: IdentityChannel; externalId: string; handle?: string | null },
) => api<Contact["identities"][number]>(`/contacts/${id}/identities`, { method: "POST", body: identity });
export const removeIdentity = (id: string, identityId: string) =>
  api<void>(`/contacts/${id}/identities/${identityId}`, { method: "DELETE" });

export type Company = Json<CompanyShape>;
export type ContactTag = Json<TagShape>;
export type Attribute = Json<AttributeShape>;

/** The first two hundred: what a picker and a settings page show. */
const named = <Item>(tenant: string, name: string, path: string) =>
  queryOptions({
    queryKey: [tenant, name],
    queryFn: ({ signal }) => api<Page<Item>>(path, { query: { limit: 200 }, signal }),
  });
export const tagsQuery = (tenant: string) => named<ContactTag>(tenant, "tags", "/tags");
export const attributesQuery = (tenant: string) => named<Attribute>(tenant, "attributes", "/attributes");
export const companiesQuery = (tenant: string) => named<Company>(tenant, "companies", "/companies");

/** Enough of a segment to choose it by; the segments room knows the rest. */
export type SegmentName = { id: string; name: string; kind: "rules" | "list" };
export const segmentNamesQuery = (tenant: string) =>
  queryOptions({ ...named<SegmentName>(tenant, "segments", "/segments"), queryKey: [tenant, "segments", "names"] });

export const createAttribute = (attribute: { key: string; label: string; type: AttributeType }) =>
  api<Attribute>("/attributes", { method: "POST", body: attribute });
export const changeAttribute = (id: string, changes: { label?: string; type?: AttributeType }) =>
  api<Attribute>(`/attributes/${id}`, { method: "PATCH", body: changes });
export const deleteAttribute = (id: string) => api<void>(`/attributes/${id}`, { method: "DELETE" });
export const createTag = (name: string) => api<ContactTag>("/tags", { method: "POST", body: { name } });
export const renameTag = (id: string, name: string) =>
  api<ContactTag>(`/tags/${id}`, { method: "PATCH", body: { name } });
export const deleteTag = (id: string) => api<void>(`/tags/${id}`, { method: "DELETE" });

/** A change of many contacts: who is meant, what is done, how far it is. */
export type ChangeTarget = { ids: string[] } | { filter: ContactFilter };
export type Change = Json<ChangeShape>;

export const changeContacts = (act: BulkAct, target: ChangeTarget, detail: Record<string, unknown> = {}) =>
  api<Change>("/contacts/bulk", { method: "POST", body: { act, target, detail } });
export const undoChange = (id: string) => api<Change>(`/contacts/bulk/${id}/undo`, { method: "POST" });
export const changesQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "changes"],
    queryFn: ({ signal }) => api<Page<Change>>("/contacts/bulk", { query: { limit: 10 }, signal }),
  });

export type DuplicatePair = { contact: ContactRow; other: ContactRow; because: DuplicateReason[] };
export const duplicatesQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "contacts", "duplicates"],
    queryFn: ({ signal }) => api<{ items: DuplicatePair[] }>("/duplicates", { query: { limit: 50 }, signal }),
  });
export const keepApart = (contactId: string, otherId: string) =>
  api<void>("/duplicates/dismiss", { method: "POST", body: { contactId, otherId } });

export type Merge = Json<MergeShape>;
export const mergeContacts = (winnerId: string, otherId: string, fromLoser: readonly string[]) =>
  api<Merge>(`/contacts/${winnerId}/merge`, {
    method: "POST",
    body: { otherId, fields: Object.fromEntries(fromLoser.map((name) => [name, "loser"])) },
  });
export const undoMerge = (id: string) => api<unknown>(`/merges/${id}/undo`, { method: "POST" });

export type Note = Json<NoteShape>;
export const addNote = (contactId: string, text: string) =>
  api<Note>(`/contacts/${contactId}/notes`, { method: "POST", body: { text } });
export const changeNote = (id: string, text: string) => api<Note>(`/notes/${id}`, { method: "PATCH", body: { text } });
export const deleteNote = (id: string) => api<void>(`/notes/${id}`, { method: "DELETE" });

export type Task = Json<TaskShape>;
export type TaskFilter = { state?: "open" | "done"; mine?: "true"; contact?: string };
type TaskFacts = { title?: string; dueAt?: string | null; assigneeId?: string | null };
export const tasksQuery = (tenant: string, filter: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: [tenant, "tasks", filter],
    queryFn: ({ pageParam, signal }) =>
      api<Page<Task>>("/tasks", { query: { ...filter, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Task>) => last.nextCursor,
  });
export const addTask = (task: TaskFacts & { contactId?: string }) =>
  api<Task>("/tasks", { method: "POST", body: task });
export const changeTask = (id: string, changes: TaskFacts & { isDone?: boolean }) =>
  api<Task>(`/tasks/${id}`, { method: "PATCH", body: changes });
export const deleteTask = (id: string) => api<void>(`/tasks/${id}`, { method: "DELETE" });

export type TimelineItem = Json<LineShape>;
export const timelineQuery = (tenant: string, contactId: string, kind: string | null) =>
  infiniteQueryOptions({
    queryKey: [tenant, "contacts", "timeline", contactId, kind],
    queryFn: ({ pageParam, signal }) =>
      api<Page<TimelineItem>>(`/contacts/${contactId}/timeline`, {
        query: { kind, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<TimelineItem>) => last.nextCursor,
  });

export type ScoreWeights = WeightsShape;
export type FitRule = ScoreWeights["fit"][number];
export type ScoreModel = Json<ModelShape>;
export type ScorePreview = Json<PreviewShape>;
export const scoreModelQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "score-model"],
    queryFn: ({ signal }) => api<ScoreModel>("/score-model", { signal }),
  });
/** What the weights would make of a sample, before anybody saves them. */
export const scorePreviewQuery = (tenant: string, weights: ScoreWeights) =>
  queryOptions({
    queryKey: [tenant, "score-model", "preview", weights],
    queryFn: ({ signal }) => api<ScorePreview>("/score-model/preview", { method: "POST", body: { weights }, signal }),
    staleTime: 5 * 60_000,
  });
export const saveScoreModel = (weights: ScoreWeights) =>
  api<ScoreModel>("/score-model", { method: "PUT", body: { weights } });
