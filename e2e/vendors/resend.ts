import { createHash, randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { type ContractServer, contractServer } from "./contract-server";

/**
 * Resend as it documents itself: `POST /emails` with keys kept for a day, and its errors. The recipient's local part asks
 * for a fault: `429@`, `500@`, `drop-after-accept@`, `slow@`, `html200@`; anything else is accepted.
 */
export type ResendServer = ContractServer & {
  apiKey: string;
  /** What was really accepted, once per key. */
  accepted: AcceptedEmail[];
  requests: { key: string | undefined; status: number }[];
};

const one = z.union([z.string(), z.array(z.string()).min(1).max(50)]).transform((v) => (Array.isArray(v) ? v : [v]));
const Email = z.strictObject({
  from: z.string().regex(/^([^<>]+ )?<?[^\s<>@]+@[^\s<>@]+>?$/),
  to: one,
  subject: z.string().max(998),
  html: z.string().optional(),
  text: z.string().optional(),
  cc: one.optional(),
  bcc: one.optional(),
  reply_to: one.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  tags: z
    .array(z.strictObject({ name: z.string().regex(/^[\w-]{1,256}$/), value: z.string().regex(/^[\w-]{1,256}$/) }))
    .optional(),
  attachments: z.array(z.unknown()).optional(),
  scheduled_at: z.string().optional(),
  topic_id: z.string().optional(),
});
export type AcceptedEmail = z.output<typeof Email> & { id: string; key: string | undefined };

type Fault = { status: number; name: string; message: string; headers?: Record<string, string> };
const faults: Record<string, Fault> = {
  "401": { status: 401, name: "missing_api_key", message: "Missing API key in the authorization header." },
  "403": { status: 403, name: "validation_error", message: "The example.com domain is not verified." },
  "409": {
    status: 409,
    name: "concurrent_idempotent_requests",
    message: "Another request with this key is in progress.",
  },
  "422": { status: 422, name: "validation_error", message: "Invalid `to` field." },
  "429": { status: 429, name: "rate_limit_exceeded", message: "Too many requests.", headers: { "retry-after": "1" } },
  quota: { status: 429, name: "daily_quota_exceeded", message: "You have reached your daily email sending quota." },
  monthly: {
    status: 429,
    name: "monthly_quota_exceeded",
    message: "You have reached your monthly email sending quota.",
  },
  "451": { status: 451, name: "security_error", message: "We may have found a security issue with the request." },
  "500": { status: 500, name: "internal_server_error", message: "An unexpected error occurred." },
  "503": { status: 503, name: "application_error", message: "Service unavailable." },
};

export async function resendServer({ slowMs = 60_000 } = {}): Promise<ResendServer> {
  const apiKey = "re_contract_0000000000000000";
  const accepted: AcceptedEmail[] = [];
  const requests: ResendServer["requests"] = [];
  const kept = new Map<string, { hash: string; id: string }>();

  const server = await contractServer(async (request, body, response) => {
    const key = request.headers["idempotency-key"];
    const idempotencyKey = typeof key === "string" ? key : undefined;
    const say = (status: number, answer: unknown, headers: Record<string, string> = {}) => {
      requests.push({ key: idempotencyKey, status });
      json(response, status, answer, {
        "ratelimit-limit": "5",
        "ratelimit-remaining": "4",
        "ratelimit-reset": "1",
        ...headers,
      });
    };
    const fail = ({ status, name, message, headers }: Fault) =>
      say(status, { statusCode: status, name, message }, headers);

    if (!request.headers["user-agent"])
      return fail({ status: 403, name: "invalid_access", message: "Missing User-Agent." });
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (!token) return fail(faults["401"] as Fault);
    if (token !== apiKey) return fail({ status: 403, name: "invalid_api_key", message: "API key is invalid" });
    if (request.url !== "/emails")
      return fail({ status: 404, name: "not_found", message: "The requested endpoint does not exist." });
    if (request.method !== "POST")
      return fail({ status: 405, name: "method_not_allowed", message: "Method is not allowed." });
    if (idempotencyKey !== undefined && (idempotencyKey.length < 1 || idempotencyKey.length > 256))
      return fail({ status: 400, name: "invalid_idempotency_key", message: "The key must be between 1-256 chars." });

    const parsed = Email.safeParse(parse(body));
    if (!parsed.success) return fail({ status: 422, name: "validation_error", message: z.prettifyError(parsed.error) });

    const wish = parsed.data.to[0]?.split("@")[0] ?? "";
    const fault = faults[wish];
    if (fault) return fail(fault);
    if (wish === "html200") {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>maintenance</html>");
      return;
    }
    if (wish === "html502") {
      response.writeHead(502, { "content-type": "text/html" }).end("<html>bad gateway</html>");
      return;
    }
    if (wish === "null200") return say(200, null);
    if (wish === "slow") await pause(slowMs, undefined, { ref: false });

    const hash = createHash("sha256").update(body).digest("hex");
    const before = idempotencyKey === undefined ? undefined : kept.get(idempotencyKey);
    if (before && before.hash !== hash)
      return fail({ status: 409, name: "invalid_idempotent_request", message: "Same key, different request payload." });
    const id = before?.id ?? randomUUID();
    if (!before) {
      accepted.push({ ...parsed.data, id, key: idempotencyKey });
      if (idempotencyKey !== undefined) kept.set(idempotencyKey, { hash, id });
      if (wish === "drop-after-accept") {
        requests.push({ key: idempotencyKey, status: 0 });
        request.socket.destroy();
        return;
      }
    }
    say(200, { id });
  });
  return { ...server, apiKey, accepted, requests };
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string>) {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
