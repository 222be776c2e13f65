import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ContactActivity as ActivityShape } from "@/lib/domain/contacts/activity-shapes";
import type { BulkChange as ChangeShape } from "@/lib/domain/contacts/bulk-shapes";
import type { Merge as MergeShape } from "@/lib/domain/contacts/merge-shapes";
import type {
  ScoreModel as ModelShape,
  ScorePreview as PreviewShape,
  ScoreStory as StoryShape,
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

/** What a picker and a settings page show at once; by typing a picker finds the others too. */
export const namedShown = 200;
const named = <Item>(tenant: string, name: string, path: string, search = "") =>
  queryOptions({
    queryKey: search ? [tenant, name, { search }] : [tenant, name],
    queryFn: ({ signal }) => api<Page<Item>>(path, { query: { limit: namedShown, search }, signal }),
  });
export const tagsQuery = (tenant: string, search?: string) => named<ContactTag>(tenant, "tags", "/tags", search);
export const attributesQuery = (tenant: string) => named<Attribute>(tenant, "attributes", "/attributes");
export const companiesQuery = (tenant: string, search?: string) =>
  named<Company>(tenant, "companies", "/companies", search);
export const companyQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [tenant, "companies", "one", id],
    queryFn: ({ signal }) => api<Company>(`/companies/${id}`, { signal }),
  });

/** Enough of a segment to choose it by; the segments room knows the rest. */
export type SegmentName = { id: string; name: string; kind: "rules" | "list" };
/** Where a person stands. */
export const segmentsOfQuery = (tenant: string, contactId: string) =>
  queryOptions({
    queryKey: [tenant, "segments", "of", contactId],
    queryFn: ({ signal }) =>
      api<Page<SegmentName>>("/segments", { query: { contact: contactId, limit: segmentsShown }, signal }),
  });
export const segmentsShown = 20;
export const segmentNamesQuery = (tenant: string, search = "") =>
  queryOptions({
    ...named<SegmentName>(tenant, "segments", "/segments", search),
    queryKey: [tenant, "segments", "names", { search }],
  });
/** The segments that people fill by hand. */
export const listNamesQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "segments", "lists"],
    queryFn: ({ signal }) =>
      api<Page<SegmentName>>("/segments", { query: { kind: "list", limit: namedShown }, signal }),
  });

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
export const pairsShown = 50;
export const duplicatesQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "contacts", "duplicates"],
    queryFn: ({ signal }) => api<{ items: DuplicatePair[] }>("/duplicates", { query: { limit: pairsShown }, signal }),
  });
export const keepApart = (contactId: string, otherId: string) =>
  api<void>("/duplicates/dismiss", { method: "POST", body: { contactId, otherId } });

export type Merge = Json<MergeShape>;
/** Whose values stay where not the winner's do: fields by their names, the workspace's own attributes by their keys. */
export type TakenFromLoser = { fields: readonly string[]; attributes: readonly string[] };
const asLosers = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "loser"]));
export const mergeContacts = (winnerId: string, otherId: string, taken: TakenFromLoser) =>
  api<Merge>(`/contacts/${winnerId}/merge`, {
    method: "POST",
    body: { otherId, fields: asLosers(taken.fields), attributes: asLosers(taken.attributes) },
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
export const tasksPageSize = 100;
export const tasksQuery = (tenant: string, filter: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: [tenant, "tasks", filter],
    queryFn: ({ pageParam, signal }) =>
      api<Page<Task>>("/tasks", { query: { ...filter, limit: tasksPageSize, cursor: pageParam }, signal }),
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

export type Activity = Json<ActivityShape>;
/** It lies under the person's time line, so that whatever brings a line there is counted here as well. */
export const activityQuery = (tenant: string, contactId: string) =>
  queryOptions({
    queryKey: [tenant, "contacts", "timeline", contactId, { days: 90 }],
    queryFn: ({ signal }) => api<Activity>(`/contacts/${contactId}/activity`, { signal }),
  });

export type ScoreStory = Json<StoryShape>;
export const scoreStoryQuery = (tenant: string, contactId: string) =>
  queryOptions({
    queryKey: [tenant, "contacts", "score", contactId],
    queryFn: ({ signal }) => api<ScoreStory>(`/contacts/${contactId}/score`, { signal }),
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
