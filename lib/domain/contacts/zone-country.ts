/** Zones that several countries keep: the country whose city it is. */
const named: Record<string, string> = {
  "Africa/Abidjan": "CI",
  "Africa/Johannesburg": "ZA",
  "Africa/Lagos": "NG",
  "Africa/Maputo": "MZ",
  "Africa/Nairobi": "KE",
  "America/Panama": "PA",
  "America/Phoenix": "US",
  "America/Puerto_Rico": "PR",
  "America/Toronto": "CA",
  "Asia/Bangkok": "TH",
  "Asia/Dubai": "AE",
  "Asia/Kolkata": "IN",
  "Asia/Qatar": "QA",
  "Asia/Riyadh": "SA",
  "Asia/Singapore": "SG",
  "Europe/Belgrade": "RS",
  "Europe/Berlin": "DE",
  "Europe/Brussels": "BE",
  "Europe/Helsinki": "FI",
  "Europe/London": "GB",
  "Europe/Paris": "FR",
  "Europe/Prague": "CZ",
  "Europe/Rome": "IT",
  "Europe/Zurich": "CH",
  "Pacific/Auckland": "NZ",
};

/**
 * The country of a time zone: where a number without its country code belongs, when nothing else says it. Null for zones
 * of no country.
 */
export function countryOfZone(zone: string): string | null {
  return named[zone] ?? countries().get(zone) ?? null;
}

let known: Map<string, string | null> | undefined;

/** Asked of the runtime once: what it knows of every region is what it knows of every zone. */
function countries(): Map<string, string | null> {
  if (known) return known;
  known = new Map();
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const regions = letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => names.of(code));
  for (const region of regions) for (const zone of zonesOf(region)) known.set(zone, known.has(zone) ? null : region);
  return known;
}

type LocaleWithZones = Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] | undefined };

function zonesOf(region: string): readonly string[] {
  const locale = new Intl.Locale(`und-${region}`) as LocaleWithZones;
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}
