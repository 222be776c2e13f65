/** A line one reads in passing: this period in ink, the one before dotted, the last point marked. */
export function Sparkline({
  values,
  before,
  label,
  width = 236,
  height = 56,
}: {
  values: readonly number[];
  before?: readonly number[];
  /** What it shows, with its first and last number. */
  label: string;
  width?: number;
  height?: number;
}) {
  const top = Math.max(1, ...values, ...(before ?? []));
  const pad = 4;
  const path = (line: readonly number[]) =>
    line
      .map((value, at) => {
        const x = pad + (at / Math.max(1, line.length - 1)) * (width - pad * 2);
        const y = height - pad - (value / top) * (height - pad * 2);
        return `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
      })
      .join("");
  const last = values.at(-1);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
      className="max-w-full"
      fill="none"
    >
      {before && before.length > 1 && (
        <path
          d={path(before)}
          stroke="var(--ink-faint)"
          strokeWidth="1.25"
          strokeDasharray="1.5 3"
          strokeLinecap="round"
        />
      )}
      {values.length > 1 && (
        <path d={path(values)} stroke="var(--ink)" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
      )}
      {last !== undefined && (
        <circle cx={width - pad} cy={height - pad - (last / top) * (height - pad * 2)} r="2.5" fill="var(--ink)" />
      )}
    </svg>
  );
}
