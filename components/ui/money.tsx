import { cn } from "./class-names";

/** Micro-units with a currency, in the reader's language; below a cent the places that matter are kept. */
export function moneyWords(micros: bigint | number, currency: string, locale = "en-US"): string {
  const exact = typeof micros === "bigint" ? micros : BigInt(Math.round(micros));
  const isTiny = exact !== 0n && exact > -10_000n && exact < 10_000n;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...(isTiny ? { minimumFractionDigits: 2, maximumFractionDigits: 6 } : {}),
  });
  // Written out as a decimal: a float between would lose the last places of large sums.
  const sign = exact < 0n ? "-" : "";
  const size = exact < 0n ? -exact : exact;
  return format.format(
    `${sign}${size / 1_000_000n}.${(size % 1_000_000n).toString().padStart(6, "0")}` as Intl.StringNumericLiteral,
  );
}

export function Money({
  micros,
  currency,
  locale,
  withCode = false,
  className,
}: {
  micros: bigint | number;
  currency: string;
  locale?: string;
  withCode?: boolean;
  className?: string;
}) {
  return (
    <span className={cn("num whitespace-nowrap", className)}>
      {moneyWords(micros, currency, locale)}
      {withCode && <span className="ml-1 text-12 text-faint">{currency}</span>}
    </span>
  );
}
