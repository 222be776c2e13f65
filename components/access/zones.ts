import { zonePlace } from "@/components/ui/time-words";

export type ZoneChoice = { value: string; label: string; hint: string };

/** Every zone the runtime knows, and the one that is set even where this runtime calls it otherwise. */
export function zoneChoices(chosen: string | null, now: Date): ZoneChoice[] {
  const zones = new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), ...(chosen ? [chosen] : [])]);
  return [...zones].sort().map((zone) => ({
    value: zone,
    label: zone === "UTC" ? "UTC" : `${zonePlace(zone)}, ${regionOf(zone)}`,
    hint: offsetOf(zone, now),
  }));
}

function regionOf(zone: string): string {
  return zone.split("/").slice(0, -1).join(", ").replaceAll("_", " ");
}

/** "GMT-5" as "UTC−5": what a clock there is ahead or behind now. */
function offsetOf(zone: string, now: Date): string {
  const name = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" })
    .formatToParts(now)
    .find((part) => part.type === "timeZoneName")?.value;
  return (name ?? "").replace("GMT", "UTC").replace("-", "−");
}

export function currencyChoices(chosen: string | null): { value: string; label: string; hint: string }[] {
  const names = new Intl.DisplayNames("en", { type: "currency" });
  const codes = new Set([...Intl.supportedValuesOf("currency"), ...(chosen ? [chosen] : [])]);
  return [...codes].sort().map((code) => ({ value: code, label: `${code}, ${names.of(code) ?? code}`, hint: "" }));
}
