/** A square of madras: two warps crossing two wefts, as woven. */
export function BrandMark({ size = 22 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      className="flex-none overflow-hidden rounded-[22%]"
    >
      <path fill="var(--accent)" d="M0 0h32v32H0z" />
      <path fill="var(--tone-info)" d="M6 0h6v32H6zM0 18h32v6H0z" />
      <path fill="var(--ch-sms)" d="M20 0h3v32h-3zM0 8h32v3H0z" />
      <path fill="var(--accent)" d="M6 18h2v6H6zm4 0h2v6h-2z" opacity=".9" />
      <path fill="var(--tone-info)" d="M8 8h2v3H8zm12 11.500h3v3h-3z" />
      <path fill="var(--ink)" d="M8 18h2v6H8z" />
      <path fill="var(--surface)" d="M20 8h3v3h-3z" opacity=".85" />
    </svg>
  );
}
