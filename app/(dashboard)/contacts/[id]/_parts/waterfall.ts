import type { ScoreReason } from "@/lib/domain/contacts/shapes";

export type Step = { reason: ScoreReason; from: number; to: number };
export type Part = { part: ScoreReason["part"]; points: number; steps: Step[] };

/** Each reason begins where the one before it ended: first who they are, then what they do. */
export function waterfall(reasons: readonly ScoreReason[]): { parts: Part[]; widest: number } {
  let at = 0;
  let widest = 100;
  const parts = (["fit", "behaviour"] as const).map((part): Part => {
    const steps = reasons
      .filter((reason) => reason.part === part)
      .map((reason): Step => {
        const from = at;
        at += reason.points;
        widest = Math.max(widest, at);
        return { reason, from, to: at };
      });
    return { part, points: steps.reduce((sum, { reason }) => sum + reason.points, 0), steps };
  });
  return { parts: parts.filter(({ steps }) => steps.length > 0), widest };
}
