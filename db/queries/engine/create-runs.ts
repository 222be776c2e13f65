import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EventPayload } from "@/lib/domain/engine/payloads";
import type { RunSubject, TriggerKind } from "@/lib/domain/engine/vocabulary";
import type { Clock } from "../lease";
import { insertJobs } from "./jobs";
import { payload, rowsOf } from "./rows";
import { insertWaits, type NewWait } from "./waits";

export type NewRun = {
  tenantId: string;
  id: string;
  functionId: string;
  trigger: TriggerKind;
  events: readonly EventPayload[];
  subject: { kind: RunSubject; id: string } | null;
  parent: { runId: string; stepId: string } | null;
  /** Null: at once. */
  dueAt: Date | null;
  sortAt: string;
  position: string;
  key1: string | null;
  key2: string | null;
  /** Events by which it is cancelled. */
  cancelledBy: readonly Pick<NewWait, "eventName" | "match" | "condition" | "until">[];
};

export async function createRuns(db: Db, runs: readonly NewRun[], now: Clock, newId: () => string): Promise<void> {
  if (runs.length === 0) return;
  const rows = runs.map((run) => ({
    tenant_uuid: run.tenantId,
    id: run.id,
    function_id: run.functionId,
    trigger: run.trigger,
    event_name: run.events[0]?.name ?? "",
    events: payload(run.events),
    subject_kind: run.subject?.kind ?? null,
    subject_id: run.subject?.id ?? null,
    parent_run_id: run.parent?.runId ?? null,
    parent_step_id: run.parent?.stepId ?? null,
    sort_at: run.sortAt,
    position: run.position,
    key_1: run.key1,
    key_2: run.key2,
  }));
  await db.execute(sql`
    insert into engine_runs (tenant_uuid, id, function_id, trigger, event_name, events, subject_kind, subject_id,
      parent_run_id, parent_step_id, sort_at, position, key_1, key_2, created_at, updated_at)
    select tenant_uuid, id, function_id, trigger, event_name, events::json, subject_kind, subject_id,
      parent_run_id, parent_step_id, sort_at, position, key_1, key_2, ${now}, ${now}
    from ${rowsOf(
      rows,
      `tenant_uuid uuid, id uuid, function_id text, trigger text, event_name text, events text, subject_kind text, subject_id uuid,
       parent_run_id uuid, parent_step_id text, sort_at timestamptz, position bigint, key_1 text, key_2 text`,
    )}`);
  await insertJobs(
    db,
    runs.map((run) => ({ ...run, runId: run.id, stepId: "", kind: "call" as const })),
    now,
  );
  await insertWaits(
    db,
    runs.flatMap((run) =>
      run.cancelledBy.map((wait) => ({ ...wait, tenantId: run.tenantId, id: newId(), runId: run.id, stepId: "" })),
    ),
  );
}
