import { ContactFilter } from "@/lib/domain/contacts/shapes";
import { Export, ExportList, ExportQuery, newExportRequest } from "@/lib/domain/imports/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { createExport } from "@/lib/services/imports/create-export";
import { listExports } from "@/lib/services/imports/list-exports";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the exports, newest first.",
    needs: "contacts:export",
    gate: caller,
    query: ExportQuery,
    answer: ExportList,
    handle: async ({ ctx, query }) => listExports(ctx, query),
  }),
  POST: route({
    says: "Begins to write contacts to a CSV file, as far as the filter says. The file is kept for a day.",
    needs: "contacts:export",
    gate: caller,
    body: newExportRequest(ContactFilter),
    answer: Export,
    status: 201,
    handle: async ({ ctx, body }) => createExport(ctx, body),
  }),
});
