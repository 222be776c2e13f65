import { cn } from "./class-names";

/** A number's comparison. An arrow says the way, the colour whether it is welcome; below a sensible count it says so. */
export function Delta({
  now,
  before,
  isWelcome = "more",
  fewest = 20,
  className,
}: {
  now: number;
  before: number;
  isWelcome?: "more" | "less" | "neither";
  /** Under this many, a percentage would mean nothing. */
  fewest?: number;
  className?: string;
}) {
  if (Math.min(now, before) < fewest) return <span className={cn("text-faint", className)}>too few to say</span>;
  const change = (now - before) / before;
  const words = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 }).format(Math.abs(change));
  if (Math.abs(change) < 0.0005) return <span className={cn("num text-soft", className)}>the same</span>;
  const isGood = isWelcome === "neither" ? null : change > 0 === (isWelcome === "more");
  return (
    <span
      className={cn(
        "num inline-flex items-center gap-[3px]",
        isGood === null ? "text-soft" : isGood ? "text-good" : "text-bad",
        className,
      )}
    >
      <svg
        viewBox="0 0 12 12"
        className="size-3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path
          d={change > 0 ? "M6 10V2.500M2.800 5.500 6 2.300l3.200 3.200" : "M6 2v7.500M2.800 6.500 6 9.700l3.200-3.200"}
        />
      </svg>
      <span className="sr-only">{change > 0 ? "up" : "down"} </span>
      {words}
    </span>
  );
}
