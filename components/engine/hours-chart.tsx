import type { RunSummary } from "@/lib/client/engine";

type Hour = RunSummary["hours"][number];

const height = 72;

/** One bar an hour, what failed at its foot, so that failures can be compared along one line. */
export function HoursChart({
  hours,
  label,
  formatAt,
}: {
  hours: readonly Hour[];
  label: string;
  formatAt: (at: string) => string;
}) {
  const top = Math.max(1, ...hours.map((hour) => hour.completed + hour.failed));
  const size = (amount: number) => (amount === 0 ? 0 : Math.max(3, Math.round((amount / top) * height)));
  return (
    <div role="img" aria-label={label} className="num">
      <div className="flex items-end gap-[3px] border-b border-line-strong" style={{ height }}>
        {hours.map((hour) => (
          <div
            key={hour.at}
            title={`${formatAt(hour.at)}: ${hour.completed} completed, ${hour.failed} failed`}
            className="flex h-full min-w-0 flex-1 flex-col justify-end gap-px rounded-t-[2px] hover:bg-hover"
          >
            <span className="block rounded-t-[2px] bg-line-field" style={{ height: size(hour.completed) }} />
            <span className="block bg-bad" style={{ height: size(hour.failed) }} />
          </div>
        ))}
      </div>
      <div className="relative mt-1 grid grid-cols-4 text-12 text-soft" suppressHydrationWarning>
        {[0, 6, 12, 18].map((at) => (
          <span key={at}>{hours[at] && formatAt(hours[at].at)}</span>
        ))}
        <span className="absolute right-0">now</span>
      </div>
    </div>
  );
}
