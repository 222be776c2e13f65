import { sql } from "drizzle-orm";
import { makeWorkspace } from "@/db/factories/access";
import { withTenant } from "@/db/tenant";
import { jobContext } from "@/inngest/context";
import type { Import, ImportChanges } from "@/lib/domain/imports/shapes";
import { findImport } from "@/lib/services/imports/find-import";
import { importPortion } from "@/lib/services/imports/import-portion";
import { requestUndo } from "@/lib/services/imports/request-undo";
import { startImport } from "@/lib/services/imports/start-import";
import { undoPortion } from "@/lib/services/imports/undo-portion";
import { updateImport } from "@/lib/services/imports/update-import";
import { uploadFile } from "@/lib/services/imports/upload-file";
import { ownerOf } from "./owner-of";

/** A workspace whose owner brings files: each goes in within the test, as its job would take it in. */
export async function openImportScene() {
  const { tenantId } = await makeWorkspace();
  const owner = ownerOf(tenantId);

  async function upload(rows: readonly string[], changes: ImportChanges = {}): Promise<string> {
    const { id } = await uploadFile(owner, { fileName: "kliyan.csv" }, whole(rows.join("\r\n")));
    await updateImport(owner, id, changes);
    return id;
  }
  async function run(id: string): Promise<Import> {
    await importPortion(jobContext({ tenantId }, "run-import", "run_test"), id);
    return findImport(owner, id);
  }
  return {
    tenantId,
    owner,
    upload,
    run,
    async imported(rows: readonly string[], changes: ImportChanges = {}): Promise<Import> {
      const id = await upload(rows, changes);
      await startImport(owner, id);
      return run(id);
    },
    async undone(id: string): Promise<Import> {
      await requestUndo(owner, id);
      await undoPortion(jobContext({ tenantId }, "undo-import", "run_test"), id);
      return findImport(owner, id);
    },
    ask: <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
      withTenant(tenantId, "read write", async (db) => [...(await db.execute<Row>(query))]),
    /** The id of whoever has this external id. */
    async idOf(key: string): Promise<string> {
      const query = sql`select id from contacts where tenant_uuid = ${tenantId} and external_id = ${key}`;
      const rows = await withTenant(tenantId, "read only", (db) => db.execute<{ id: string }>(query));
      return rows[0]?.id ?? "";
    },
  };
}

export type ImportScene = Awaited<ReturnType<typeof openImportScene>>;

async function* whole(text: string) {
  yield Buffer.from(text);
}

export async function textOf(chunks: AsyncIterable<string | Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
  return text;
}
