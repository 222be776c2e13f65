import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ContactFilter } from "@/lib/domain/contacts/shapes";
import type {
  Export as ExportShape,
  ImportChanges,
  ImportProblem,
  ImportProblemList,
  Import as ImportShape,
  ImportPreview as PreviewShape,
} from "@/lib/domain/imports/shapes";
import type { ExportColumn } from "@/lib/domain/imports/vocabulary";
import { type Page, pageSize } from "./access";
import { ApiError, api, apiAddress, type Json } from "./api";

/** The browser's view of imports and exports. What is under way is asked for every second. */
export type Import = Json<ImportShape>;
export type ImportPreview = Json<PreviewShape>;
export type Problem = Json<ImportProblem>;
export type Export = Json<ExportShape>;
export type { ImportChanges };

export const livelyMs = 1_000;

export const isGoing = ({ state }: Pick<Import, "state">) => state === "running" || state === "undoing";
export const isBeingWritten = ({ state }: Pick<Export, "state">) => state === "waiting" || state === "running";

const isSomethingGoing = (pages: Page<Import>[] | undefined) =>
  pages?.some((page) => page.items.some(isGoing)) ? livelyMs : false;

export const importsQuery = (tenant: string) =>
  infiniteQueryOptions({
    queryKey: [tenant, "imports", "list"],
    queryFn: ({ pageParam, signal }) =>
      api<Page<Import>>("/imports", { query: { limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Import>) => last.nextCursor,
    refetchInterval: ({ state }) => isSomethingGoing(state.data?.pages),
  });

export const importQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [tenant, "imports", "one", id],
    queryFn: ({ signal }) => api<Import>(`/imports/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? livelyMs : false),
  });

/** What the file would do as it is mapped now: asked anew whenever something of that has changed. */
export const previewQuery = (tenant: string, file: Pick<Import, "id" | "updatedAt">) =>
  queryOptions({
    queryKey: [tenant, "imports", "preview", file.id, file.updatedAt],
    queryFn: ({ signal }) => api<ImportPreview>(`/imports/${file.id}/preview`, { method: "POST", body: {}, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const problemsQuery = (tenant: string, id: string, failed: number) =>
  queryOptions({
    queryKey: [tenant, "imports", "problems", id, failed],
    queryFn: ({ signal }) => api<Json<ImportProblemList>>(`/imports/${id}/problems`, { query: { limit: 50 }, signal }),
  });

export const exportsQuery = (tenant: string) =>
  infiniteQueryOptions({
    queryKey: [tenant, "exports", "list"],
    queryFn: ({ pageParam, signal }) =>
      api<Page<Export>>("/exports", { query: { limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Export>) => last.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isBeingWritten)) ? livelyMs : false,
  });

export const exportQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [tenant, "exports", "one", id],
    queryFn: ({ signal }) => api<Export>(`/exports/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && !isBeingWritten(state.data) ? false : livelyMs),
  });

export const changeImport = (id: string, changes: ImportChanges) =>
  api<Import>(`/imports/${id}`, { method: "PATCH", body: changes });
export const startImport = (id: string) => api<Import>(`/imports/${id}/start`, { method: "POST" });
export const cancelImport = (id: string) => api<Import>(`/imports/${id}/cancel`, { method: "POST" });
export const undoImport = (id: string) => api<Import>(`/imports/${id}/undo`, { method: "POST" });
export const deleteImport = (id: string) => api<void>(`/imports/${id}`, { method: "DELETE" });
export const problemsFile = (id: string) => apiAddress(`/imports/${id}/problems/file`);

export const createExport = (wanted: { filter: ContactFilter; columns?: ExportColumn[] }) =>
  api<Export>("/exports", { method: "POST", body: wanted });
/** May be long: nobody waits for it with a short clock. */
export const downloadExport = (id: string) =>
  api<Blob>(`/exports/${id}/file`, { as: "file", signal: AbortSignal.timeout(15 * 60_000) });

/**
 * Sends a file as it is. By XMLHttpRequest, because `fetch` does not say how far it is in every browser; `onSent` hears of
 * the bytes that have left.
 */
export function uploadFile(file: File, onSent: (bytes: number) => void, signal: AbortSignal): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", apiAddress("/imports", { fileName: file.name.slice(0, 200) }));
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => {
      const answer = readAnswer(request.responseText);
      if (request.status === 201 && typeof answer?.id === "string") {
        // The one shape of the answers is made in `api`; the upload's own answer only names what to ask for.
        api<Import>(`/imports/${answer.id}`).then(resolve, reject);
        return;
      }
      const words = typeof answer?.detail === "string" ? answer.detail : "The file could not be taken in.";
      const reason = typeof answer?.reason === "string" ? answer.reason : null;
      reject(new ApiError(request.status, String(answer?.code ?? "internal"), words, reason, [], null, null));
    };
    request.onerror = () =>
      reject(new ApiError(0, "offline", "The connection broke off. Nothing was imported.", null, [], null, null));
    request.onabort = () => reject(new DOMException("Stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function readAnswer(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
