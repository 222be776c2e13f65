import type { RunRow } from "@/db/queries/engine/list-runs";
import type { loadRunStates } from "@/db/queries/engine/load-run-states";
import { functionWords } from "@/lib/domain/engine/describe-function";
import { decideRunState } from "@/lib/domain/engine/run-state";
import type { Owner, Run } from "@/lib/domain/engine/shapes";
import { toWireSubject } from "@/lib/domain/engine/subject";
import type { RunSubject } from "@/lib/domain/engine/vocabulary";

type StateFacts = Awaited<ReturnType<typeof loadRunStates>>;

/** A row as everybody reads it: with the name of its function, its subject and what it does now. */
export function toRun(row: RunRow, facts: StateFacts, worksFor: Owner, now: Date): Run {
  return {
    id: row.id,
    functionId: row.functionId,
    functionName: functionWords(row.functionId, row.functionName),
    status: row.status,
    state: decideRunState({
      ...row,
      now,
      jobs: facts.jobs.filter((job) => job.runId === row.id),
      steps: facts.steps.filter((step) => step.runId === row.id),
    }),
    trigger: row.trigger,
    eventName: row.eventName,
    subject: toSubject(row),
    worksFor,
    parentRunId: row.parentRunId,
    replayOf: row.replayOf,
    replayFrom: row.replayFrom,
    reason: row.reason,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
  };
}

export function toSubject({ subjectKind, subjectId }: { subjectKind: RunSubject | null; subjectId: string | null }) {
  if (!subjectKind || !subjectId) return null;
  return { kind: subjectKind, id: toWireSubject({ kind: subjectKind, id: subjectId }) };
}

export function toRunRef(row: RunRow) {
  return {
    id: row.id,
    functionName: functionWords(row.functionId, row.functionName),
    status: row.status,
    parentStepId: row.parentStepId,
    replayFrom: row.replayFrom,
    createdAt: row.createdAt,
  };
}

export const isOpen = (row: Pick<RunRow, "status">) => row.status === "queued" || row.status === "running";
export const openIds = (rows: readonly RunRow[]) => rows.filter(isOpen).map((row) => row.id);
