/** Where a step lies in the time of its run, in percent. Null where it was over before the run began: it was taken over. */
export function placeBar(
  step: { began: number; ended: number | null },
  run: { from: number; to: number },
): { left: number; width: number } | null {
  if (step.ended !== null && step.ended < run.from) return null;
  const whole = Math.max(1, run.to - run.from);
  const share = (at: number) => Math.min(100, Math.max(0, ((at - run.from) / whole) * 100));
  const left = share(step.began);
  return { left: Math.min(left, 99.5), width: Math.max(0.5, share(step.ended ?? run.to) - left) };
}
