import type { Activity } from "@/lib/client/contacts";
import { channelLabels } from "@/lib/domain/channels/labels";
import { channels } from "@/lib/domain/channels/vocabulary";

export type Moment = Activity["moments"][number];
/** How a moment is drawn: filled where something happened, hollow where nothing came back, a square where they spoke. */
export type Shape = "filled" | "hollow" | "square" | "diamond";
export type Lane = { label: string; color: string; moments: { moment: Moment; shape: Shape; share: number }[] };

const ownLanes: Record<string, string> = {
  visit: "Site",
  purchase: "Orders",
  consent: "Consent",
  suppression: "Consent",
  note: "Team",
  task: "Team",
};
const order = [...channels.map((channel) => channelLabels[channel]), "Site", "Orders", "Consent", "Team", "Changes"];

/** The moments in lanes, each with its share of the way from the first day to the last. Lanes without any are not there. */
export function lanesOf({ since, until, moments }: Activity): Lane[] {
  const [from, to] = [Date.parse(since), Date.parse(until)];
  const lanes = new Map<string, Lane>();
  for (const moment of moments) {
    // The score has its own block, and a line for most of its days.
    if (moment.kind === "score") continue;
    const label = ownLanes[moment.kind] ?? (moment.channel ? channelLabels[moment.channel] : "Changes");
    const lane = lanes.get(label) ?? { label, color: colorOf(label, moment), moments: [] };
    lane.moments.push({ moment, shape: shapeOf(moment.kind), share: (Date.parse(moment.at) - from) / (to - from) });
    lanes.set(label, lane);
  }
  return [...lanes.values()].sort((one, other) => order.indexOf(one.label) - order.indexOf(other.label));
}

function colorOf(label: string, { kind, channel }: Moment): string {
  if (label === "Orders") return "var(--ink)";
  if (ownLanes[kind] || !channel) return "var(--ink-faint)";
  return `var(--ch-${channel === "contact_form" ? "form" : channel})`;
}

function shapeOf(kind: string): Shape {
  if (kind === "sent") return "hollow";
  if (kind === "replied") return "square";
  return kind === "purchase" ? "diamond" : "filled";
}

const shapeWords: Record<Shape, string> = {
  filled: "Filled: it happened.",
  hollow: "Hollow: sent, not opened.",
  square: "Square: they wrote.",
  diamond: "Diamond: they bought.",
};

/** Only the shapes that are there are explained. */
export function legendOf(lanes: readonly Lane[]): string {
  const shown = new Set(lanes.flatMap(({ moments }) => moments.map(({ shape }) => shape)));
  const words = (Object.keys(shapeWords) as Shape[]).filter((shape) => shown.has(shape)).map((it) => shapeWords[it]);
  return words.length > 1 ? words.join(" ") : "";
}

const knownByTheirLast = new Set(["opened", "clicked", "replied", "sent", "visit", "purchase"]);

/** Whether some of the moments stand for more of their kind, of which only the last is known. */
export const holdsLasts = (lanes: readonly Lane[]): boolean =>
  lanes.some(({ moments }) => moments.some(({ moment }) => knownByTheirLast.has(moment.kind)));

/** The first of each month between the two, as the reader's calendar has it. */
export function monthStarts(
  since: string,
  until: string,
  { timeZone, locale }: { timeZone: string; locale: string },
): { label: string; share: number }[] {
  const [from, to] = [Date.parse(since), Date.parse(until)];
  const dayFormat = new Intl.DateTimeFormat("en", { timeZone, day: "numeric" });
  const starts: { label: string; share: number }[] = [];
  for (let at = from; at <= to; at += 86_400_000) {
    if (dayFormat.format(at) !== "1") continue;
    const month = new Intl.DateTimeFormat(locale, { timeZone, month: "short" }).format(at);
    starts.push({ label: `1 ${month}`, share: (at - from) / (to - from) });
  }
  return starts;
}
