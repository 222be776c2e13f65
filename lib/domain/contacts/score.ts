import type { Channel } from "@/lib/domain/channels/vocabulary";
import { dayMs } from "@/lib/kernel/time";
import type { FitRule, ScoreWeights } from "./score-shapes";
import type { CustomerType, EngagementKind, Grade, Stage } from "./vocabulary";

export type ChannelFacts = {
  channel: Channel;
  /** The channel as people read it. */
  name: string;
  counts: Partial<Record<EngagementKind, number>>;
  lastAt: Partial<Record<EngagementKind, Date | null>>;
};

export type ScoreFacts = {
  email: string | null;
  phone: string | null;
  hasCompany: boolean;
  country: string | null;
  stage: Stage;
  customerType: CustomerType;
  preferredChannel: Channel | null;
  locale: string | null;
  attributes: Readonly<Record<string, string | number | boolean>>;
  channels: readonly ChannelFacts[];
  lastPurchaseAt: Date | null;
  lastVisitAt: Date | null;
  lastReplyAt: Date | null;
};

export type Reason = { points: number; says: string; part: "fit" | "behaviour" };
export type LeadScore = { score: number; grade: Grade; reasons: Reason[] };

/**
 * What a person is worth to talk to, and why: the points of the reasons add up to the score. Time counts in whole days of
 * UTC, so that whoever is scored at noon and again by the night job of the same day gets the same number.
 */
export function scoreLead(facts: ScoreFacts, weights: ScoreWeights, now: Date): LeadScore {
  const today = dayOf(now);
  const fit = weights.fit.filter((rule) => fits(rule, facts)).map(({ points, says }) => reason("fit", points, says));
  const behaviour = [
    ...fading("Bought", facts.lastPurchaseAt, weights.bought, today),
    ...fading("Visited", facts.lastVisitAt, weights.visited, today),
    ...fading("Wrote to us", facts.lastReplyAt, weights.answered, today),
    ...facts.channels.flatMap((channel) => engagementReasons(channel, weights, today)),
  ];
  const reasons = [
    ...levelled(fit, weights.fitCap, "fit", `Who they are counts for at most ${weights.fitCap}`),
    ...levelled(
      behaviour,
      weights.behaviourCap,
      "behaviour",
      `What they do counts for at most ${weights.behaviourCap}`,
    ),
  ];
  const total = sum(reasons);
  if (total > 100) reasons.push(reason("behaviour", 100 - total, "No score is more than 100"));
  if (total < 0) reasons.push(reason("behaviour", -total, "No score is less than 0"));
  const score = Math.min(100, Math.max(0, total));
  return { score, grade: gradeOf(score, weights.grades), reasons };
}

function gradeOf(score: number, begins: ScoreWeights["grades"]): Grade {
  for (const grade of ["A", "B", "C", "D", "E"] as const) if (score >= begins[grade]) return grade;
  return "F";
}

/** The number of the UTC day. */
function dayOf(time: Date): number {
  return Math.floor(time.getTime() / dayMs);
}

const reason = (part: Reason["part"], points: number, says: string): Reason => ({ points, says, part });
const sum = (reasons: readonly Reason[]) => reasons.reduce((total, { points }) => total + points, 0);

/** A part above its cap keeps its reasons and gets one more that says why they do not all count. */
function levelled(reasons: Reason[], cap: number, part: Reason["part"], says: string): Reason[] {
  const counted = reasons.filter(({ points }) => points !== 0);
  const over = sum(counted) - cap;
  return over > 0 ? [...counted, reason(part, -over, says)] : counted;
}

function fits({ when }: FitRule, facts: ScoreFacts): boolean {
  const actual = fieldOf(when.field, facts);
  switch (when.operator) {
    case "known":
      return actual !== null;
    case "unknown":
      return actual === null;
    case "is":
      return same(actual, when.value);
    case "is_not":
      return actual !== null && !same(actual, when.value);
    case "one_of":
      return Array.isArray(when.value) && when.value.some((value) => same(actual, value));
    case "at_least":
      return typeof actual === "number" && typeof when.value === "number" && actual >= when.value;
    case "at_most":
      return typeof actual === "number" && typeof when.value === "number" && actual <= when.value;
  }
}

/** People write Pro and pro, HT and ht: a rule is about the word, not its case. */
function same(actual: string | number | boolean | null, wanted: unknown): boolean {
  if (actual === null) return false;
  if (typeof actual === "string" && typeof wanted === "string") return actual.toLowerCase() === wanted.toLowerCase();
  return actual === wanted;
}

function fieldOf(field: string, facts: ScoreFacts): string | number | boolean | null {
  if (field.startsWith("attribute.")) {
    const key = field.slice("attribute.".length);
    return Object.hasOwn(facts.attributes, key) ? (facts.attributes[key] ?? null) : null;
  }
  switch (field) {
    case "email_kind":
      return emailKind(facts.email);
    case "phone":
      return facts.phone;
    case "company":
      return facts.hasCompany ? true : null;
    case "country":
      return facts.country;
    case "stage":
      return facts.stage;
    case "customer_type":
      return facts.customerType;
    case "preferred_channel":
      return facts.preferredChannel;
    case "locale":
      return facts.locale;
    default:
      return null;
  }
}

/** Mailboxes that anybody gets for nothing: they tell of no company. */
const freeMail = new Set(
  [
    "gmail.com googlemail.com yahoo.com yahoo.fr yahoo.ca ymail.com rocketmail.com hotmail.com hotmail.fr hotmail.ca",
    "outlook.com outlook.fr live.com live.fr live.ca msn.com aol.com icloud.com me.com mac.com proton.me protonmail.com",
    "pm.me gmx.com gmx.de gmx.net web.de mail.com zoho.com yandex.com yandex.ru mail.ru qq.com 163.com orange.fr",
    "wanadoo.fr free.fr laposte.net sfr.fr videotron.ca sympatico.ca comcast.net verizon.net att.net",
  ]
    .join(" ")
    .split(" "),
);

function emailKind(email: string | null): "company" | "free" | null {
  if (email === null) return null;
  return freeMail.has(email.slice(email.lastIndexOf("@") + 1).toLowerCase()) ? "free" : "company";
}

/** Days since, never less than none: what is dated ahead of the clock counts as today. */
const daysSince = (at: Date, today: number) => Math.max(0, today - dayOf(at));
const faded = (age: number, halfLifeDays: number) => 2 ** (-age / halfLifeDays);

function fading(says: string, at: Date | null, weight: ScoreWeights["bought"], today: number): Reason[] {
  if (!at) return [];
  const age = daysSince(at, today);
  const points = Math.round(weight.points * faded(age, weight.halfLifeDays));
  return [reason("behaviour", points, `${says} ${agoInWords(age)}`)];
}

function agoInWords(days: number): string {
  if (days === 0) return "today";
  if (days === 1) return "yesterday";
  if (days < 60) return `${days} days ago`;
  if (days < 730) return `${Math.round(days / 30.4)} months ago`;
  return `${Math.round(days / 365)} years ago`;
}

const weighed = ["converted", "replied", "clicked", "opened"] as const;

/** One reason a channel: all that happened there, told by what says most. */
function engagementReasons(channel: ChannelFacts, weights: ScoreWeights, today: number): Reason[] {
  const count = (kind: EngagementKind) => Math.max(0, channel.counts[kind] ?? 0);
  let exact = 0;
  for (const kind of weighed) {
    const at = channel.lastAt[kind];
    if (count(kind) === 0 || !at) continue;
    const { points, enough, halfLifeDays } = weights.behaviour[kind];
    exact += points * (1 - 2 ** (-count(kind) / enough)) * faded(daysSince(at, today), halfLifeDays);
  }
  const isSilent = weighed.every((kind) => count(kind) === 0);
  if (isSilent && count("sent") >= weights.ignored.after)
    return [reason("behaviour", weights.ignored.points, `Ignored ${count("sent")} messages on ${channel.name}`)];
  const points = Math.round(exact);
  return points === 0 ? [] : [reason("behaviour", points, `${engagementInWords(count)} on ${channel.name}`)];
}

function engagementInWords(count: (kind: EngagementKind) => number): string {
  const times = (kind: EngagementKind) => (count(kind) === 1 ? "once" : `${count(kind)} times`);
  if (count("converted") > 0) return `Bought ${times("converted")}`;
  if (count("replied") > 0) return `Answered ${times("replied")}`;
  const sent = Math.max(count("sent"), count("delivered"));
  if (count("opened") > 0)
    return sent >= count("opened") ? `Reads ${count("opened")} of ${sent}` : `Reads (${times("opened")})`;
  return `Clicked ${times("clicked")}`;
}
