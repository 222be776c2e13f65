import { z } from "zod";
import { Tag, TagChanges } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { deleteTag, renameTag } from "@/lib/services/contacts/tags";

const params = z.object({ id: wireId("tag") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: route({
    says: "Renames a tag on every contact that has it.",
    needs: "contacts:write",
    gate: caller,
    params,
    body: TagChanges,
    answer: Tag,
    handle: async ({ ctx, params, body }) => renameTag(ctx, params.id, body),
  }),
  DELETE: route({
    says: "Deletes a tag and takes it off every contact.",
    needs: "contacts:bulk",
    gate: caller,
    params,
    answer: "nothing",
    status: 204,
    handle: async ({ ctx, params }) => deleteTag(ctx, params.id),
  }),
});
