import { compileRules, everyone } from "@/db/queries/segments/compile-rules";
import { countEverybody, countExactly, countInSample, findSome } from "@/db/queries/segments/count-members";
import { type Count, estimate, exactly } from "@/lib/domain/segments/interval";
import type { Fields } from "@/lib/domain/segments/registry";
import type { RuleTree } from "@/lib/domain/segments/rules";
import { minuteMs } from "@/lib/kernel/time";
import type { Tx } from "../context";

/** How long each part of an answer under typing may take; together they stay below a tenth of a second. */
const typingMs = { exact: 15, some: 15, sample: 25 };
/** Somebody waits for it in the background, so it may not take forever either. */
const patientMs = 10_000;
const firstPortion = 128;
const leastPortion = 64;
const mostLooked = 8_000;

const mostShown = 10;
/** A workspace of so many contacts is always counted to the last one. */
const mostInSmall = 2_000;

/** `ids` are a few of those who were found. */
export type CountedRules = Count & { everybody: number; ids: string[] };
export type ReadyRules = { tree: RuleTree; fields: Fields; timeZone: string };

/**
 * How many contacts the rules find. Under typing: exactly where the database has the number at once, else from a sample
 * that grows until its time is up, with the bounds between which the truth lies. `exact` waits for the number itself.
 */
export async function countSegment(
  tx: Tx,
  rules: ReadyRules,
  { exact = false }: { exact?: boolean } = {},
): Promise<CountedRules> {
  const { db, tenantId } = tx;
  const condition = compileRules(rules.tree, rules.fields, { tenantId, now: tx.now(), timeZone: rules.timeZone });
  const everybody = await countAll(tx, exact);
  // Of a few people a sample says little, and counting them is quick even where the machine is busy.
  const isSmall = everybody <= mostInSmall;
  const count = await countExactly(db, tenantId, condition, exact || isSmall ? patientMs : typingMs.exact);
  if (count !== null) {
    const ms = exact || isSmall ? patientMs / 10 : typingMs.some;
    const ids = count > 0 ? await findSome(db, tenantId, condition, { most: mostShown, ms }) : [];
    return { ...exactly(count), everybody: Math.max(count, everybody), ids };
  }

  const began = performance.now();
  const limit = exact ? patientMs / 10 : typingMs.sample;
  const left = () => limit - (performance.now() - began);
  let [looked, hits] = [0, 0];
  let after: number | null = null;
  let size = firstPortion;
  const ids: string[] = [];
  while (looked < mostLooked) {
    const started = performance.now();
    // The first portion may be slow, but without it there is no answer at all.
    const ms = looked === 0 ? patientMs : left();
    const portion = await countInSample(db, tenantId, condition, { after, size, ms });
    if (!portion || portion.looked === 0) break;
    looked += portion.looked;
    hits += portion.hits;
    after = portion.next;
    ids.push(...portion.ids.slice(0, mostShown - ids.length));
    if (portion.looked < size) break;
    const affordable = Math.floor((left() / (performance.now() - started)) * size * 0.7);
    size = Math.min(affordable, size * 8, mostLooked - looked);
    if (size < leastPortion) break;
  }
  return { ...estimate(hits, looked, everybody), everybody, ids };
}

/** What the bar compares with. It moves slowly, so a process asks once a minute where there is much to count. */
const known = new Map<string, { count: number; until: number }>();
const mostKnown = 1_000;

async function countAll(tx: Tx, exact: boolean): Promise<number> {
  const now = performance.now();
  const kept = known.get(tx.tenantId);
  if (kept && kept.until > now && !exact) return kept.count;
  const sure = exact ? await countExactly(tx.db, tx.tenantId, everyone, patientMs) : null;
  const count = sure ?? (await countEverybody(tx.db, tx.tenantId));
  if (known.size >= mostKnown) known.clear();
  if (count > 20_000) known.set(tx.tenantId, { count, until: now + minuteMs });
  return count;
}
