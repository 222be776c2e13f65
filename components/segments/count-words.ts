/** A number as a person reads it: an estimate says that it is one. */
export function countWords({ count, isEstimate }: { count: number; isEstimate: boolean }): string {
  const number = count.toLocaleString("en");
  return isEstimate ? `about ${number}` : number;
}

/** "12 %", "under 1 %", "over 99 %": never a nought for somebody, or everybody for all but one. */
export function shareWords(count: number, everybody: number): string {
  if (everybody === 0) return "0 %";
  const share = (count / everybody) * 100;
  if (share > 0 && share < 1) return "under 1 %";
  if (share < 100 && share > 99) return "over 99 %";
  return `${Math.min(100, Math.round(share))} %`;
}
