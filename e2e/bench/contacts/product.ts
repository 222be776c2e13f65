import { setTimeout as pause } from "node:timers/promises";
import { closePools } from "@/db/client";
import { makeKey, makeWorkspace } from "@/db/factories/access";
import { callApi } from "@/e2e/call-api";
import { door, inngest, subjectOf } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { type Engine, startEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/functions";
import { ContactQuery } from "@/lib/domain/contacts/shapes";
import { fromWireId } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { listContacts as list } from "@/lib/services/contacts/list-contacts";
import { findImport } from "@/lib/services/imports/find-import";
import { startImport } from "@/lib/services/imports/start-import";
import { updateImport } from "@/lib/services/imports/update-import";
import { uploadFile } from "@/lib/services/imports/upload-file";
import { countRules as count } from "@/lib/services/segments/count-rules";
import { importChoices } from "./import-file";

/** The product's own verbs, doors and engine in this process: loaded once the environment names the scratch database. */
let engine: Engine | null = null;

const contextOf = (tenantId: TenantId) => jobContext({ tenantId }, "bench", "run_bench");

export async function makeTenant() {
  const { tenantId } = await makeWorkspace();
  return { tenantId, key: (await makeKey(tenantId)).secret };
}

/** From the start to the end of the run, as the import's own row tells; each in a workspace of its own. */
export async function importRows(file: Buffer) {
  if (!door) throw new Error("The bench is for the embedded engine.");
  engine ??= await startEngine({ client: inngest, door, functions, subjectOf });
  const { tenantId } = await makeTenant();
  const ctx = contextOf(tenantId);
  const began = performance.now();
  const { id } = await uploadFile(ctx, { fileName: "bench.csv" }, chunksOf(file));
  const uploadSeconds = (performance.now() - began) / 1000;
  await updateImport(ctx, id, { mapping: importChoices.mapping, options: importChoices.options });
  await startImport(ctx, id);
  for (;;) {
    await pause(100);
    const { state, startedAt, endedAt, failed, failure } = await findImport(ctx, id);
    if (state === "running") continue;
    if (state !== "done" || failed > 0 || !startedAt || !endedAt)
      throw new Error(`The import ended as ${state}, ${failed} rows failed: ${failure ?? ""}`);
    return { tenantId, uploadSeconds, seconds: (endedAt.getTime() - startedAt.getTime()) / 1000 };
  }
}

async function* chunksOf(file: Buffer) {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
}

export const listContacts = (tenantId: TenantId, query: object) =>
  list(contextOf(tenantId), ContactQuery.parse({ limit: 50, ...withIds(query) }));

const withIds = (query: object) =>
  "segment" in query ? { ...query, segment: fromWireId("segment", String(query.segment)) } : query;

export const countRules = (tenantId: TenantId, rules: unknown) =>
  count(contextOf(tenantId), { rules, exact: false } as Parameters<typeof count>[1]);

/** Through the door, with everything that a program's call passes: key, shapes, answer. */
export async function bulkUpsert(key: string, wave: number, prefix: string, round = 0) {
  const contacts = Array.from({ length: 1_000 }, (_, at) => ({
    external_id: `${prefix}-${wave}-${at}`,
    first_name: "Mirlande",
    last_name: `Pierre ${at}`,
    email: `${prefix}.${wave}.${at}@example.com`,
    phone: `+5093${String(1_000_000 + ((wave * 1_000 + at) % 999_999)).slice(0, 7)}`,
    tags: ["bulk"],
    stage: round === 2 ? "qualified" : "lead",
    attributes: { plan: at % 2 === 0 ? "gold" : "silver", spent: round === 2 ? at + 1 : at },
  }));
  const response = await callApi("POST", "/api/v1/contacts/bulk-upsert", { key, body: { contacts } });
  if (!response.ok)
    throw new Error(`The bulk upsert answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  const answer = (await response.json()) as { failed?: number };
  if (answer.failed) throw new Error(`${answer.failed} rows of a bulk upsert failed.`);
}

export async function stopProduct() {
  await engine?.stop();
  engine = null;
  await closePools(1);
}
