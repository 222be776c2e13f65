import type { FieldFault } from "@/lib/kernel/errors";

/** The browser's one way to the API: our own origin, JSON, camelCase inside, refusals as one kind of error. */

/** What a shape of the domain looks like after the wire: times are ISO strings, everything else is as it was. */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer U)[]
    ? Json<U>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly reason: string | null,
    readonly faults: FieldFault[],
    readonly requestId: string | null,
    readonly retryAfterSeconds: number | null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** Fields whose keys are data, not names of ours: they keep their spelling. */
const opaque = new Set(["attributes", "metadata", "before", "after", "facts", "data", "output", "cause"]);

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
/** A name of ours never begins with a capital: one that does is data, such as a grade. */
const snake = (name: string) => name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function respell(value: unknown, spell: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => respell(item, spell));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [spell(name), opaque.has(name) ? child : respell(child, spell)]),
  );
}

let tenant: string | null = null;

/** The shell says which workspace this tab shows, so a tab keeps speaking for it after another one has switched. */
export function speakFor(tenantUuid: string | null): void {
  tenant = tenantUuid;
}

type Proof = () => Promise<boolean>;
let askForProof: Proof | null = null;

/** The shell lends its dialog: what needs a fresh proof asks once and goes on where it was. */
export function lendProofDialog(proof: Proof | null): void {
  askForProof = proof;
}

export type Options = {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  signal?: AbortSignal;
  idempotencyKey?: string;
  /** `file` answers what came as it came, for saving. */
  as?: "json" | "file";
};

export function apiAddress(path: string, query: Options["query"] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(snake(name), String(value));
  }
  if (tenant) search.set("tenant_uuid", tenant);
  const text = search.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

export async function api<T>(path: string, options: Options = {}): Promise<T> {
  try {
    return await call<T>(path, options);
  } catch (error) {
    if (error instanceof ApiError && error.reason === "proof_needed" && askForProof && (await askForProof())) {
      return call<T>(path, options);
    }
    throw error;
  }
}

async function call<T>(path: string, options: Options): Promise<T> {
  const { method = "GET", query, body, signal, idempotencyKey } = options;
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (tenant) headers["x-tenant-uuid"] = tenant;
  if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
  let response: Response;
  try {
    response = await fetch(apiAddress(path, query), {
      method,
      headers,
      signal: signal ?? AbortSignal.timeout(30_000),
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(respell(body, snake)) }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(
      0,
      "offline",
      "The server cannot be reached. Check the connection; nothing was lost.",
      null,
      [],
      null,
      null,
    );
  }
  if (response.status === 204) return undefined as T;
  if (options.as === "file" && response.ok) return (await response.blob()) as T;
  const text = await response.text();
  const json = parse(text);
  if (response.ok) return respell(json, camel) as T;
  throw asError(response, json);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asError(response: Response, json: unknown): ApiError {
  const problem = (json ?? {}) as {
    code?: string;
    detail?: string;
    reason?: string;
    errors?: FieldFault[];
    request_id?: string;
  };
  const retryAfter = response.headers.get("retry-after");
  const faults = (problem.errors ?? []).map(({ pointer, message }) => ({ pointer: camel(pointer), message }));
  return new ApiError(
    response.status,
    problem.code ?? "internal",
    problem.detail ?? "Something went wrong.",
    problem.reason ?? null,
    faults,
    problem.request_id ?? response.headers.get("x-request-id"),
    retryAfter ? Number(retryAfter) : null,
  );
}
