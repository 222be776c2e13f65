import { isTimeZone } from "@/lib/kernel/time";
import { findPhoneCountry, zonesOfPhone } from "./phone-zones";
import type { ZoneSource } from "./vocabulary";

export type ZoneFacts = {
  /** Said by the person or the caller. */
  own: string | null;
  /** In E.164. */
  phone: string | null;
  locale: string | null;
  /** What the browser said at the last visit. */
  visit: string | null;
  workspace: string;
};

export type ZoneInference = {
  zone: string;
  source: ZoneSource;
  /** Every zone it could be, `zone` among them: what may be sent at an hour must be right in all of them. */
  candidates: readonly string[];
  because: string;
};

/**
 * Where a person probably is, from the surest fact to the weakest: what was said, the phone's beginning, the locale, the
 * last visit, the workspace. Where a fact leaves several zones, a visit inside them decides; without one all of them stay
 * candidates, and the workspace's own is taken for the clock because most customers are near. A fact that names no zone
 * is passed over: a misspelt zone must not stop a message.
 */
export function inferZone(facts: ZoneFacts): ZoneInference {
  const { own, visit, workspace } = facts;
  if (own && isKnown(own)) return { zone: own, source: "own", candidates: [own], because: "Set on the contact." };

  const ofPhone = facts.phone ? ordered(zonesOfPhone(facts.phone)) : [];
  if (facts.phone && ofPhone.length > 0) return choose("phone", ofPhone, sayPhone(facts.phone), facts);

  const region = regionOf(facts.locale);
  const ofLocale = region ? ordered(zonesOfRegion(region)) : [];
  if (region && ofLocale.length > 0)
    return choose("locale", ofLocale, `From the locale ${facts.locale}: ${nameOf(region)}`, facts);

  if (visit && isKnown(visit))
    return { zone: visit, source: "visit", candidates: [visit], because: `From the last visit: ${cityOf(visit)}.` };
  const zone = isKnown(workspace) ? workspace : "UTC";
  return {
    zone,
    source: "workspace",
    candidates: [zone],
    because: `The workspace's own zone, ${cityOf(zone)}: nothing says where this person is.`,
  };
}

function choose(
  source: "phone" | "locale",
  candidates: readonly string[],
  says: string,
  facts: ZoneFacts,
): ZoneInference {
  const [first = "UTC"] = candidates;
  if (candidates.length === 1) return { zone: first, source, candidates, because: `${says}.` };

  const visited = candidates.find((zone) => isSameZone(zone, facts.visit));
  if (visited) {
    const because = `${says}, and the last visit was from ${cityOf(visited)}.`;
    return { zone: visited, source: "visit", candidates: [visited], because };
  }
  const near = candidates.find((zone) => isSameZone(zone, facts.workspace));
  const many = `${says}, in one of ${candidates.length} time zones`;
  if (near) return { zone: near, source, candidates, because: `${many}; the workspace's own is among them.` };
  return { zone: first, source, candidates, because: `${many}; ${cityOf(first)} is taken for the clock.` };
}

function sayPhone(phone: string): string {
  const found = findPhoneCountry(phone);
  if (!found) return "From the phone number";
  const { prefix, country } = found;
  const beginning = prefix.startsWith("1") ? `+1 ${prefix.slice(1)}` : `+${prefix}`;
  return `From the phone number: ${beginning} is ${nameOf(country)}`;
}

/** The region of a language tag, in the spellings that browsers (fr-HT), systems (fr_HT.UTF-8) and people write. */
function regionOf(locale: string | null): string | null {
  if (!locale || locale.length > 100) return null;
  const tag = locale
    .trim()
    .replace(/[.@].*$/, "")
    .replaceAll("_", "-");
  try {
    return new Intl.Locale(tag).region ?? null;
  } catch {
    // What is no language tag says nothing of a place; `Intl` has no way to ask without throwing.
    return null;
  }
}

const regions = new Map<string, readonly string[]>();

/** Kept, because the runtime reads it anew each time; there are no more regions than the runtime knows. */
function zonesOfRegion(region: string): readonly string[] {
  const kept = regions.get(region);
  if (kept) return kept;
  // Node 20 has the property, later ones the method; the types of neither are in the library yet.
  const locale: Intl.Locale & { getTimeZones?(): string[] | undefined; timeZones?: string[] } = new Intl.Locale(
    `und-${region}`,
  );
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  if (zones.length > 0) regions.set(region, zones);
  return zones;
}

let names: Intl.DisplayNames | undefined;

function nameOf(region: string): string {
  names ??= new Intl.DisplayNames(["en"], { type: "region" });
  return names.of(region) ?? region;
}

/** "America/Port-au-Prince" as people say it. */
function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/**
 * Where most people of a country with several zones live, so that a guess is the likeliest one. It orders; it leaves out
 * nothing, and no zone needs to stand here.
 */
const mainZones = [
  ...[
    "America/New_York",
    "America/Toronto",
    "America/Mexico_City",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
  ],
  ...["America/Santiago", "America/Guayaquil", "America/Nuuk", "Europe/London", "Europe/Madrid", "Europe/Lisbon"],
  ...[
    "Europe/Berlin",
    "Europe/Rome",
    "Europe/Oslo",
    "Europe/Helsinki",
    "Europe/Dublin",
    "Europe/Kyiv",
    "Europe/Moscow",
  ],
  ...["Africa/Kinshasa", "Indian/Reunion", "Asia/Almaty", "Asia/Tashkent", "Asia/Shanghai", "Asia/Jakarta"],
  ...["Asia/Kuala_Lumpur", "Asia/Ulaanbaatar", "Australia/Sydney", "Pacific/Auckland", "Pacific/Port_Moresby"],
  ...["Pacific/Tahiti", "Pacific/Tarawa", "Pacific/Pohnpei", "Pacific/Majuro"],
];

function ordered(zones: readonly string[]): readonly string[] {
  const known = zones.filter(isKnown);
  if (known.length < 2) return known;
  const main = mainZones.find((zone) => known.some((one) => isSameZone(one, zone)));
  return main ? [main, ...known.filter((zone) => !isSameZone(zone, main))] : known;
}

const isKnown = (zone: string) => canonicalOf(zone) !== null;

/** One place has several names (Asia/Calcutta, Asia/Kolkata), and a browser may say the one that a table does not. */
function isSameZone(zone: string, other: string | null): boolean {
  return other !== null && canonicalOf(zone) === canonicalOf(other);
}

const canonicals = new Map<string, string>();
const mostCanonicals = 2_000;

/**
 * The runtime's one name of a zone, null where it knows none. Asking the runtime costs more than all the rest here, so
 * answers are kept; they are bounded because a caller may spell a zone in ever new cases.
 */
function canonicalOf(zone: string): string | null {
  const kept = canonicals.get(zone);
  if (kept) return kept;
  if (!isTimeZone(zone)) return null;
  const canonical = new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  if (canonicals.size >= mostCanonicals) canonicals.clear();
  canonicals.set(zone, canonical);
  return canonical;
}
