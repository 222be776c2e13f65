import { expect } from "vitest";
import { type Behaviour, gauge, pause } from "./scene";

export const paces: Behaviour[] = [
  {
    says: "with a limit of one for a key, runs of that key never overlap and begin in the order of their events",
    play(scene) {
      const gauges = { a: gauge(), b: gauge() };
      const fn = scene.client.createFunction(
        {
          id: scene.id("one"),
          retries: 0,
          concurrency: [{ key: "event.data.key", limit: 1 }],
          triggers: [{ event: scene.event("go") }],
        },
        async ({ event, step }) => {
          const key = event.data.key as "a" | "b";
          await step.run("work", async () => {
            scene.did(key, event.data.n);
            gauges[key].enter();
            await pause(60);
            gauges[key].leave();
          });
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          const numbers = [1, 2, 3, 4, 5, 6];
          await scene.sendAll(
            "go",
            numbers.flatMap((n) => [
              { key: "a", n },
              { key: "b", n },
            ]),
          );
          await scene.comes("end", 12, 30);
          expect([gauges.a.most, gauges.b.most]).toEqual([1, 1]);
          // A real server orders by time, and these have the same millisecond.
          const order = (seen: unknown[]) => (scene.stage.kind === "embedded" ? seen : seen.toSorted());
          expect([order(scene.all("a")), order(scene.all("b"))]).toEqual([numbers, numbers]);
        },
      };
    },
  },
  {
    says: "with a limit of two, two run at once and never three",
    play(scene) {
      const at = gauge();
      const fn = scene.client.createFunction(
        { id: scene.id("two"), retries: 0, concurrency: 2, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          await step.run("work", async () => {
            at.enter();
            await pause(250);
            at.leave();
          });
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll(
            "go",
            Array.from({ length: 6 }, (_, n) => ({ n })),
          );
          await scene.comes("end", 6);
          expect(at.most).toBe(2);
        },
      };
    },
  },
  {
    says: "of two limits the tighter one holds, each for its own key",
    play(scene) {
      const whole = gauge();
      const gauges = new Map(["sms", "mail", "push"].map((key) => [key, gauge()]));
      const fn = scene.client.createFunction(
        {
          id: scene.id("both"),
          retries: 0,
          concurrency: [{ limit: 2 }, { key: "event.data.provider", limit: 1 }],
          triggers: [{ event: scene.event("go") }],
        },
        async ({ event, step }) => {
          const own = gauges.get(event.data.provider);
          await step.run("work", async () => {
            whole.enter();
            own?.enter();
            await pause(120);
            own?.leave();
            whole.leave();
          });
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll(
            "go",
            ["sms", "mail", "push", "sms", "mail", "push"].map((provider) => ({ provider })),
          );
          await scene.comes("end", 6, 30);
          expect([...gauges.values()].map(({ most }) => most)).toEqual([1, 1, 1]);
          expect(whole.most).toBeLessThanOrEqual(2);
        },
      };
    },
  },
  {
    says: "a key that two functions share across the environment is one limit for both",
    play(scene) {
      const at = gauge();
      const make = (name: string) =>
        scene.client.createFunction(
          {
            id: scene.id(name),
            retries: 0,
            concurrency: [{ key: `"${scene.tenantId}-" + event.data.key`, scope: "env", limit: 1 }],
            triggers: [{ event: scene.event("go") }],
          },
          async ({ step }) => {
            await step.run("work", async () => {
              at.enter();
              await pause(80);
              at.leave();
            });
            scene.did("end");
          },
        );
      return {
        functions: [make("left"), make("right")],
        async check() {
          await scene.sendAll("go", [{ key: "k" }, { key: "k" }, { key: "k" }]);
          await scene.comes("end", 6);
          expect(at.most).toBe(1);
        },
      };
    },
  },
  {
    says: "a run that sleeps leaves its place to the next",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("polite"), retries: 0, concurrency: 1, triggers: [{ event: scene.event("go") }] },
        async ({ event, step }) => {
          await step.run("begin", () => scene.did("begin", event.data.n));
          await step.sleep("a moment", "2s");
          scene.did("end", event.data.n);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll("go", [{ n: 1 }, { n: 2 }, { n: 3 }]);
          await scene.comes("end", 3);
          const [first = 0, , last = 0] = scene.times("begin");
          expect(last - first).toBeLessThan(3_900 * scene.stage.patience);
        },
      };
    },
  },
  {
    says: "a throttle lets runs begin one after the other at its pace, and loses none",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("throttle"),
          retries: 0,
          throttle: { limit: 1, period: "1s", key: "event.data.key" },
          triggers: [{ event: scene.event("go") }],
        },
        ({ event }) => scene.did(`start ${event.data.key}`, event.data.n),
      );
      return {
        functions: [fn],
        async check() {
          const sent = Date.now();
          await scene.sendAll("go", [
            { key: "a", n: 1 },
            { key: "a", n: 2 },
            { key: "a", n: 3 },
            { key: "b", n: 1 },
          ]);
          await scene.comes("start a", 3);
          const [, second = 0, third = 0] = scene.times("start a");
          expect(second - sent).toBeGreaterThanOrEqual(950);
          expect(third - sent).toBeGreaterThanOrEqual(1_950);
          expect(scene.times("start b")[0] ?? 0).toBeLessThan(third);
        },
      };
    },
  },
  {
    says: "events gather to a batch of a given size, each in exactly one",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("batch"),
          retries: 0,
          batchEvents: { maxSize: 3, timeout: "30s" },
          triggers: [{ event: scene.event("go") }],
        },
        async ({ events, event }) => {
          scene.did("batch", { numbers: events.map(({ data }) => data.n), first: event.data.n });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll(
            "go",
            [1, 2, 3, 4, 5, 6].map((n) => ({ n })),
          );
          const batches = (await scene.comes("batch", 2)) as { numbers: number[]; first: number }[];
          expect(batches.map(({ numbers }) => numbers.length)).toEqual([3, 3]);
          expect(batches.every(({ numbers, first }) => numbers[0] === first)).toBe(true);
          expect(batches.flatMap(({ numbers }) => numbers).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
        },
      };
    },
  },
  {
    says: "a batch that does not fill begins when its time is over",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("batch"),
          retries: 0,
          batchEvents: { maxSize: 50, timeout: "1s" },
          triggers: [{ event: scene.event("go") }],
        },
        async ({ events }) => {
          scene.did(
            "batch",
            events.map(({ data }) => data.n),
          );
        },
      );
      return {
        functions: [fn],
        async check() {
          scene.did("sent");
          await scene.sendAll("go", [{ n: 1 }, { n: 2 }]);
          const [batch] = (await scene.comes("batch")) as [number[]];
          expect(batch.toSorted()).toEqual([1, 2]);
          expect((scene.times("batch")[0] ?? 0) - (scene.times("sent")[0] ?? 0)).toBeGreaterThanOrEqual(850);
        },
      };
    },
  },
  {
    says: "batches are gathered for each key",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("batch"),
          retries: 0,
          batchEvents: { maxSize: 2, timeout: "2s", key: "event.data.account" },
          triggers: [{ event: scene.event("go") }],
        },
        async ({ events }) => {
          scene.did("batch", events.map(({ data }) => `${data.account}${data.n}`).toSorted());
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll("go", [
            { account: "x", n: 1 },
            { account: "y", n: 1 },
            { account: "x", n: 2 },
            { account: "y", n: 2 },
            { account: "z", n: 1 },
          ]);
          await scene.comes("batch", 3);
          expect(scene.all("batch").map(String).toSorted()).toEqual(["x1,x2", "y1,y2", "z1"]);
        },
      };
    },
  },
  {
    says: "a debounced function runs once things are quiet, with the last event, for each key",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("debounce"),
          retries: 0,
          debounce: { period: "2s", key: "event.data.doc" },
          triggers: [{ event: scene.event("go") }],
        },
        ({ event }) => scene.did("run", `${event.data.doc}${event.data.n}`),
      );
      return {
        functions: [fn],
        async check() {
          for (const n of [1, 2, 3]) {
            await scene.sendAll("go", [
              { doc: "a", n },
              { doc: "b", n },
            ]);
            if (n < 3) await pause(350);
          }
          const quietSince = Date.now();
          await scene.comes("run", 2);
          await scene.quiet(2_300);
          expect(scene.all("run").toSorted()).toEqual(["a3", "b3"]);
          expect(Math.min(...scene.times("run"))).toBeGreaterThanOrEqual(quietSince + 1_500);
        },
      };
    },
  },
  {
    says: "a debounce that never comes to rest runs at its time-out",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("debounce"),
          retries: 0,
          debounce: { period: "2s", timeout: "3s" },
          triggers: [{ event: scene.event("go") }],
        },
        ({ event }) => scene.did("run", event.data.n),
      );
      return {
        functions: [fn],
        async check() {
          const began = Date.now();
          for (let n = 1; scene.all("run").length === 0 && n < 60 * scene.stage.patience; n++) {
            await scene.send("go", { n });
            await pause(250);
          }
          await scene.comes("run");
          const took = (scene.times("run")[0] ?? 0) - began;
          expect(took).toBeGreaterThanOrEqual(2_800);
          expect(took).toBeLessThan(12_000 * scene.stage.patience);
        },
      };
    },
  },
  {
    says: "an event that is said again for the same order does nothing within a day",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("order"),
          retries: 0,
          idempotency: "event.data.orderId",
          triggers: [{ event: scene.event("go") }],
        },
        ({ event }) => scene.did("run", event.data.orderId),
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go", { orderId: "o1", n: 1 });
          await scene.comes("run");
          await scene.sendAll("go", [
            { orderId: "o1", n: 2 },
            { orderId: "o2", n: 3 },
            { orderId: "o2", n: 4 },
          ]);
          await scene.comes("run", 2);
          await scene.quiet(500);
          expect(scene.all("run").toSorted()).toEqual(["o1", "o2"]);
        },
      };
    },
  },
  {
    says: "an event with an id that was seen before starts nothing again",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("seen"), retries: 0, triggers: [{ event: scene.event("go") }] },
        ({ event }) => scene.did("run", event.data.n),
      );
      return {
        functions: [fn],
        async check() {
          const id = `seen-${scene.tenantId}`;
          await scene.send("go", { n: 1 }, { id });
          await scene.comes("run");
          await scene.send("go", { n: 2 }, { id });
          await scene.send("go", { n: 3 }, { id: `${id}-other` });
          await scene.comes("run", 2);
          await scene.quiet(500);
          expect(scene.all("run")).toEqual([1, 3]);
        },
      };
    },
  },
  {
    says: "a run of higher priority goes before those that waited longer",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("priority"),
          retries: 0,
          concurrency: 1,
          priority: { run: "event.data.vip == true ? 120 : 0" },
          triggers: [{ event: scene.event("go") }],
        },
        async ({ event, step }) => {
          await step.run("work", () => {
            scene.did("work", event.data.name);
            return pause(event.data.name === "first" ? 1_500 : 20);
          });
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go", { name: "first" });
          await scene.comes("work");
          await scene.send("go", { name: "ordinary" });
          await scene.send("go", { name: "vip", vip: true });
          await scene.comes("end", 3);
          expect(scene.all("work")).toEqual(["first", "vip", "ordinary"]);
        },
      };
    },
  },
];
