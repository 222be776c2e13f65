/** One repeat of the cloth, in threads of one px: how many, of which colour. Undyed cotton between the stripes. */
const repeat: [threads: number, colour: string][] = [
  [26, "var(--surface)"],
  [3, "var(--tone-info)"],
  [5, "var(--surface)"],
  [3, "var(--tone-info)"],
  [12, "var(--surface)"],
  [22, "var(--accent)"],
  [2, "var(--ch-sms)"],
  [6, "var(--accent)"],
  [14, "var(--surface)"],
  [9, "var(--ch-sms)"],
  [14, "var(--surface)"],
  [16, "var(--tone-info)"],
  [3, "var(--surface)"],
  [16, "var(--tone-info)"],
  [15, "var(--surface)"],
  [4, "var(--tone-good)"],
  [10, "var(--surface)"],
  [4, "var(--tone-good)"],
];
const starts = repeat.map((_, at) => repeat.slice(0, at).reduce((sum, [threads]) => sum + threads, 0));
const tile = repeat.reduce((sum, [threads]) => sum + threads, 0);

/**
 * Madras, woven and not drawn: the warp lies below, the weft above, and a twill decides at each crossing which of both is
 * seen. So colours mix where they cross, as in the cloth.
 */
export function Madras({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" width="100%" height="100%" shapeRendering="crispEdges" className={className}>
      <defs>
        <pattern id="madras-twill" width="4" height="4" patternUnits="userSpaceOnUse">
          <path fill="white" d="M0 0h2v1H0zM1 1h2v1H1zM2 2h2v1H2zM3 3h1v1H3zM0 3h1v1H0z" />
        </pattern>
        <mask id="madras-over" maskUnits="userSpaceOnUse" x="0" y="0" width={tile} height={tile}>
          <path fill="url(#madras-twill)" d={`M0 0h${tile}v${tile}H0z`} />
        </mask>
        <pattern id="madras" width={tile} height={tile} patternUnits="userSpaceOnUse">
          {repeat.map(([threads, colour], at) => (
            <path key={starts[at]} fill={colour} d={`M${starts[at]} 0h${threads}v${tile}h-${threads}z`} />
          ))}
          <g mask="url(#madras-over)">
            {repeat.map(([threads, colour], at) => (
              <path key={starts[at]} fill={colour} d={`M0 ${starts[at]}h${tile}v${threads}H0z`} />
            ))}
          </g>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#madras)" />
    </svg>
  );
}
