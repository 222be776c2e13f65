import { NamedQuery, NewTagRequest, Tag, TagList } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { createTag, listTags } from "@/lib/services/contacts/tags";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists tags by name, with how many contacts have each.",
    needs: "contacts:read",
    gate: caller,
    query: NamedQuery,
    answer: TagList,
    handle: async ({ ctx, query }) => listTags(ctx, query),
  }),
  POST: route({
    says: "Creates a tag.",
    needs: "contacts:write",
    gate: caller,
    body: NewTagRequest,
    answer: Tag,
    status: 201,
    handle: async ({ ctx, body }) => createTag(ctx, body),
  }),
});
