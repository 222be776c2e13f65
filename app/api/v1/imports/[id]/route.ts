import { z } from "zod";
import { Import, ImportChanges } from "@/lib/domain/imports/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { deleteImport } from "@/lib/services/imports/delete-import";
import { findImport } from "@/lib/services/imports/find-import";
import { updateImport } from "@/lib/services/imports/update-import";

const params = z.strictObject({ id: wireId("import") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows one import: how far it is, how fast it goes, and what came of it.",
    needs: "contacts:bulk",
    gate: caller,
    params,
    answer: Import,
    handle: async ({ ctx, params: { id } }) => findImport(ctx, id),
  }),
  PATCH: route({
    says: "Says what the columns hold, what happens to people who are known already, and the options, before the start.",
    needs: "contacts:bulk",
    gate: caller,
    params,
    body: ImportChanges,
    answer: Import,
    handle: async ({ ctx, params: { id }, body }) => updateImport(ctx, id, body),
  }),
  DELETE: route({
    says: "Throws away a file that was not started.",
    needs: "contacts:bulk",
    gate: caller,
    params,
    answer: "nothing",
    status: 204,
    handle: async ({ ctx, params: { id } }) => deleteImport(ctx, id),
  }),
});
