import { uuidv7 } from "@/lib/kernel/ids";
import type { Data, FunctionName } from "./functions";

export type Said = { name: `proof/${FunctionName}`; data: Data };

/** Of a hundred events, how many start what. Children and those who are told come on top. */
const shares: [FunctionName, number][] = [
  ["line", 24],
  ["wait", 14],
  ["fan", 20],
  ["parent", 9],
  ["sender", 5],
  ["keyed", 16],
  ["batch", 12],
];
const keys = ["a", "b", "c", "d", "e", "f", "g", "h"];

const tenants = Array.from({ length: 3 }, () => uuidv7());

export const longRun = (n: number): Said => ({ name: "proof/long", data: { tenantId: tenants[0] ?? "", n } });

/** What is said while the storm goes on, in its order; the same for the same seed. */
export function makeWorkload(events: number, random: () => number): Said[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const deck = shares.flatMap(([name, share]) => Array<FunctionName>(share).fill(name));
  return Array.from({ length: events }, (_, n) => {
    const name = n < deck.length ? (deck[n] as FunctionName) : pick(deck);
    return {
      name: `proof/${name}`,
      data: {
        tenantId: pick(tenants),
        n,
        key: pick(keys),
        fails: pick([0, 0, 1, 2]),
        napMs: 100 + Math.floor(random() * 900),
        isAnswered: random() < 0.7,
      },
    };
  });
}
