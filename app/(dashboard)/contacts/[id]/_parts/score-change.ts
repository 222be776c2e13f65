import type { ScoreStory } from "@/lib/client/contacts";

/**
 * The score's comparison in a few words: with yesterday where it moved since, else with a week ago. The history has a line
 * for each day on which the score changed, by days of UTC as the score itself is counted; null where it reaches no further.
 */
export function scoreChange({ score, history }: Pick<ScoreStory, "score" | "history">, now: Date): string | null {
  const today = dayOf(now);
  const before = (day: string) => history.find((each) => each.day <= day)?.score;
  const yesterday = before(daysBefore(today, 1));
  if (yesterday === undefined) return null;
  if (yesterday !== score) return `${yesterday} yesterday`;
  const lastWeek = before(daysBefore(today, 7));
  if (lastWeek === undefined) return null;
  return lastWeek === score ? "The same as a week ago" : `${lastWeek} a week ago`;
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const daysBefore = (day: string, days: number) => dayOf(new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000));
