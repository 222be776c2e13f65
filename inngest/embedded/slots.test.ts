import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConfigs } from "./config";
import { admit, slotKeys, slotLimits } from "./slots";

const configOf = (concurrency: unknown) => {
  const [config] = readConfigs([{ id: "app-fn", name: "fn", triggers: [], steps: {}, concurrency }]);
  if (!config) throw new Error("no config");
  return config;
};
const event = { id: "e", name: "x", data: { tenantId: "t1", channel: "sms" }, ts: 1 };

describe("the slots of a run", () => {
  it("carry the function, or are shared by all that ask for the same", () => {
    const config = configOf([
      { limit: 5, key: "event.data.tenantId" },
      { limit: 2, key: "event.data.channel", scope: "env" },
    ]);
    expect(slotKeys(config, { event })).toEqual({
      key1: ":app-fn:event.data.tenantId=t1",
      key2: ":env:event.data.channel=sms",
    });
  });

  it("are none without a limit", () => {
    expect(slotKeys(configOf(undefined), { event })).toEqual({ key1: null, key2: null });
    expect(slotKeys(configOf(0), { event })).toEqual({ key1: null, key2: null });
  });

  it("know their limits again by their place", () => {
    const config = configOf([{ limit: 5 }, { limit: 2, key: "event.data.channel" }]);
    const { key1, key2 } = slotKeys(config, { event });
    expect(slotLimits(config, { key_1: key1, key_2: key2 })).toEqual([
      [key1, 5],
      [key2, 2],
    ]);
  });
});

describe("who may go", () => {
  const job = (id: number, key_1: string | null, key_2: string | null = null) => ({ id, key_1, key_2 });
  const limits = (each: Record<string, number>) => (one: ReturnType<typeof job>) =>
    [one.key_1, one.key_2].flatMap((key): [string, number][] => (key === null ? [] : [[key, each[key] ?? 1]]));

  it("is decided in the order of their turn", () => {
    const jobs = [job(1, "a"), job(2, "a"), job(3, null), job(4, "b")];
    const { go, wait } = admit(jobs, new Map(), limits({ a: 1, b: 1 }));
    expect(go.map(({ id }) => id)).toEqual([1, 3, 4]);
    expect(wait.map(({ job: { id }, gate }) => [id, gate])).toEqual([[2, "a"]]);
  });

  it("counts what others hold", () => {
    const { go, wait } = admit([job(1, "a"), job(2, "a")], new Map([["a", 1]]), limits({ a: 2 }));
    expect([go.length, wait.length]).toEqual([1, 1]);
  });

  it("needs room under both keys, and says where room is left for others", () => {
    const { go, wait, free } = admit([job(1, "a", "b")], new Map([["b", 1]]), limits({ a: 3, b: 1 }));
    expect(go).toEqual([]);
    expect(wait).toMatchObject([{ gate: "b" }]);
    expect([...free]).toEqual([["a", 3]]);
  });

  it("never lets more through than a key has, whatever comes", () => {
    const key = fc.constantFrom("a", "b", "c", null);
    const someJobs = fc.array(fc.tuple(key, key), { maxLength: 40 });
    const someHolders = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.nat({ max: 3 }));
    fc.assert(
      fc.property(someJobs, someHolders, (pairs, held) => {
        const each = { a: 1, b: 2, c: 3 };
        const jobs = pairs.map(([key_1, key_2], id) => job(id, key_1, key_2));
        const holders = new Map(Object.entries(held));
        const { go, wait } = admit(jobs, holders, limits(each));
        expect(go.length + wait.length).toBe(jobs.length);
        for (const [name, limit] of Object.entries(each)) {
          const let_ = go.filter(({ key_1, key_2 }) => key_1 === name || key_2 === name).length;
          if (let_ > 0) expect(let_ + (holders.get(name) ?? 0)).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});
