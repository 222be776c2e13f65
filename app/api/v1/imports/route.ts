import { Import, ImportList, UploadQuery } from "@/lib/domain/imports/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery } from "@/lib/kernel/wire";
import { listImports } from "@/lib/services/imports/list-imports";
import { uploadFile } from "@/lib/services/imports/upload-file";

const mebibyte = 1024 * 1024;

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the imports, newest first.",
    needs: "contacts:bulk",
    gate: caller,
    query: listQuery,
    answer: ImportList,
    handle: async ({ ctx, query }) => listImports(ctx, query),
  }),
  POST: route({
    says: "Takes in a CSV file as the body, up to 512 MiB and 1,000,000 rows, and guesses what its columns hold. Nothing is imported before the start.",
    needs: "contacts:bulk",
    gate: caller,
    query: UploadQuery,
    body: "stream",
    bodyLimit: 512 * mebibyte,
    answer: Import,
    status: 201,
    handle: async ({ ctx, query, body }) => uploadFile(ctx, query, body),
  }),
});
