/** How fast work goes and how long it still takes, from what is done since it began. Null while nothing can be said. */
export function progressOf(facts: {
  rows: number;
  done: number;
  startedAt: Date | null;
  endedAt: Date | null;
  now: Date;
}): { rowsPerSecond: number | null; secondsLeft: number | null } {
  const { rows, done, startedAt, endedAt, now } = facts;
  if (!startedAt || done <= 0) return { rowsPerSecond: null, secondsLeft: null };
  // A clock that was set back must not make the rate infinite or the rest negative.
  const seconds = Math.max(((endedAt ?? now).getTime() - startedAt.getTime()) / 1000, 0.001);
  const rate = done / seconds;
  const secondsLeft = endedAt ? null : Math.ceil(Math.max(rows - done, 0) / rate);
  return { rowsPerSecond: Math.max(1, Math.round(rate)), secondsLeft };
}
