import { addMs, dayMs } from "@/lib/kernel/time";
import { type DataClass, dataClasses } from "./vocabulary";

/** How long each class is kept where the workspace says nothing. */
export const defaultDays: Record<DataClass, number> = {
  import_files: 30,
  exports: 180,
  score_history: 365,
  segment_history: 365,
  change_snapshots: 30,
};

export const shortestDays = 1;
export const longestDays = 3_650;

/** What is older than this moment goes. */
export const cutoffOf = (days: number, now: Date): Date => addMs(now, -days * dayMs);

/** Every class with its days: those that somebody set, and the defaults for the rest. */
export function retentionOf(rules: readonly { dataClass: DataClass; days: number }[]) {
  return dataClasses.map((dataClass) => {
    const rule = rules.find((each) => each.dataClass === dataClass);
    return { dataClass, days: rule?.days ?? defaultDays[dataClass], isDefault: rule === undefined };
  });
}
