import { ApiKeyList, CreatedApiKey, NewApiKeyRequest } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery } from "@/lib/kernel/wire";
import { createKey } from "@/lib/services/access/create-key";
import { listKeys } from "@/lib/services/access/list-keys";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the API keys, newest first, without their secrets.",
    needs: "keys:read",
    gate: caller,
    query: listQuery,
    answer: ApiKeyList,
    handle: async ({ ctx, query }) => listKeys(ctx, query),
  }),
  POST: route({
    says: "Creates an API key. The secret is in this answer and is never shown again.",
    needs: "keys:write",
    gate: caller,
    body: NewApiKeyRequest,
    answer: CreatedApiKey,
    status: 201,
    handle: async ({ ctx, body }) => createKey(ctx, body),
  }),
});
