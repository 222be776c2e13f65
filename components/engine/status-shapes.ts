import type { StatusShape } from "@/components/ui/status";
import type { RunStatus, StepState } from "@/lib/domain/engine/vocabulary";

/** Beside its tone each state has a shape, so that it is told apart without colour. */
export const runShapes: Record<RunStatus, StatusShape> = {
  queued: "ring",
  running: "half",
  completed: "full",
  failed: "triangle",
  cancelled: "cross",
};

export const stepShapes: Record<StepState, StatusShape> = {
  planned: "ring",
  retrying: "diamond",
  sleeping: "dashed",
  waiting: "dashed",
  invoking: "half",
  done: "full",
  failed: "triangle",
  cancelled: "cross",
};
