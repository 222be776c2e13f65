import type { z } from "zod";
import { allPermissions, permissions, platformScopes } from "@/lib/domain/access/permissions";
import { publicUrl } from "@/lib/env";
import { wireJsonSchema } from "@/lib/kernel/wire";
import { Problem } from "./failure";
import type { AnySpec, Handler, Verb } from "./route";

type Json = Record<string, unknown>;
type ListedRoute = { path: string; module: Partial<Record<Verb, unknown>> };
const verbs: Verb[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The specs behind one address, read off its handlers: a door that exists is a door that is documented. */
export function specsOf(listed: ListedRoute): { verb: Verb; spec: AnySpec }[] {
  return verbs.flatMap((verb) => {
    const spec = (listed.module[verb] as Partial<Handler> | undefined)?.spec;
    return spec ? [{ verb, spec }] : [];
  });
}

export function openapi(routes: readonly ListedRoute[]): Json {
  const paths: Record<string, Json> = {};
  for (const listed of routes) {
    paths[listed.path] = Object.fromEntries(
      specsOf(listed).map(({ verb, spec }) => [verb.toLowerCase(), operation(listed.path, verb, spec)]),
    );
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Madan Sara",
      version: "1",
      description: [
        "One API for our own pages and for programs. Names are snake_case, times are UTC with Z, money is in decimal major units beside its currency.",
        "Send `Authorization: Bearer ms_live_…`. Every answer carries `x-request-id` and the `ratelimit-*` headers; a refusal is a problem document (RFC 9457) with a stable `code` and, where it helps, a `reason`.",
        "A program's POST may carry an `Idempotency-Key` of up to 255 characters: the same request under the same key is answered the same for 24 hours and done once; another request under it is refused with 422, one that is still being carried out with 409.",
        "Lists take `cursor` and `limit`, or `skip` (at most 10,000) and `limit`, and answer `{ items, next_cursor }`.",
      ].join("\n\n"),
    },
    servers: [{ url: publicUrl() }],
    tags: [...new Set(routes.map((listed) => tagOf(listed.path)))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: wireJsonSchema(Problem) },
      securitySchemes: {
        key: { type: "http", scheme: "bearer", bearerFormat: "ms_live_…", description: scopesInWords() },
        platform_key: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "ms_org_…",
          description: Object.entries(platformScopes)
            .map(([scope, { says }]) => `\`${scope}\`: ${says}`)
            .join("\n\n"),
        },
        session: { type: "apiKey", in: "cookie", name: "sid", description: "Our own pages, from our own origin." },
      },
    },
  };
}

function scopesInWords(): string {
  return allPermissions.map((permission) => `\`${permission}\`: ${permissions[permission].says}`).join("\n\n");
}

function tagOf(path: string): string {
  return path.split("/")[3] ?? "api";
}

function operation(path: string, verb: Verb, spec: AnySpec): Json {
  const { says: gate } = spec.gate;
  const security = [
    ...(gate.key ? [{ key: [] }] : []),
    ...(gate.platform ? [{ platform_key: [] }] : []),
    ...(gate.session ? [{ session: [] }] : []),
  ];
  return {
    operationId: operationId(path, verb),
    summary: spec.says,
    ...(spec.needs ? { description: `Needs \`${spec.needs}\`.`, "x-scope": spec.needs } : {}),
    tags: [tagOf(path)],
    security: security.length > 0 ? security : [{}],
    parameters: [...parametersOf(spec.params, "path"), ...parametersOf(spec.query, "query"), ...headersOf(verb, spec)],
    ...(spec.body ? { requestBody: { required: true, content: contentOf(spec.body) } } : {}),
    responses: {
      [String(spec.status ?? (spec.answer === "nothing" ? 204 : 200))]: success(spec),
      default: {
        description: "A refusal",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function contentOf(body: NonNullable<AnySpec["body"]>): Json {
  if (body !== "stream") return { "application/json": { schema: plain(body) } };
  const bytes = { schema: { type: "string", format: "binary" } };
  return { "text/csv": bytes, "application/octet-stream": bytes };
}

function operationId(path: string, verb: Verb): string {
  const words = path
    .replace("/api/v1/", "")
    .split("/")
    .map((word) => (word.startsWith("{") ? `by_${word.slice(1, -1)}` : word.replaceAll("-", "_").replaceAll(".", "_")));
  return [verb.toLowerCase(), ...words].join("_");
}

function success(spec: AnySpec): Json {
  if (spec.answer === "nothing") return { description: "Done" };
  if (spec.answer === "csv") return { description: "CSV", content: { "text/csv": { schema: { type: "string" } } } };
  if (spec.answer === "file") {
    const schema = { type: "string", format: "binary" };
    return { description: "The file", content: { "application/octet-stream": { schema } } };
  }
  return { description: "The answer", content: { "application/json": { schema: plain(spec.answer) } } };
}

function plain(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = wireJsonSchema(schema);
  return rest;
}

function parametersOf(schema: z.ZodType | undefined, where: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = plain(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    schema: property,
    ...(typeof property.description === "string" ? { description: property.description } : {}),
  }));
}

function headersOf(verb: Verb, { gate: { says: gate }, body }: AnySpec): Json[] {
  if (verb !== "POST" || body === "stream" || !(gate.key || gate.platform)) return [];
  return [
    {
      name: "Idempotency-Key",
      in: "header",
      required: false,
      schema: { type: "string", minLength: 1, maxLength: 255 },
    },
  ];
}
