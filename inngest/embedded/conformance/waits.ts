import { expect } from "vitest";
import { type Behaviour, pause } from "./scene";

/** A step beside the wait is what shows from outside that the wait has begun. */
export const waits: Behaviour[] = [
  {
    says: "a sleep lasts as long as it says",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("sleep"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          // A sleep begins where it is said, not where the call began.
          await step.run("work", () => pause(1_000));
          await step.run("before", () => scene.did("before"));
          await step.sleep("two seconds", "2s");
          await step.run("after", () => scene.did("after"));
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          await scene.comes("after");
          const [before, after] = [scene.times("before")[0] ?? 0, scene.times("after")[0] ?? 0];
          expect(after - before).toBeGreaterThanOrEqual(1_900);
        },
      };
    },
  },
  {
    says: "a sleep until a moment ends at that moment, and at once when it has passed",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("until"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step, event }) => {
          await step.sleepUntil("passed", new Date(event.data.until - 60_000));
          scene.did("past");
          await step.sleepUntil("to come", new Date(event.data.until));
          scene.did("there", scene.stage.now());
        },
      );
      return {
        functions: [fn],
        async check() {
          const until = scene.stage.now() + 1_500;
          await scene.send("go", { until });
          const [there] = (await scene.comes("there")) as [number];
          expect(there).toBeGreaterThanOrEqual(until - 50);
          expect(scene.all("past").length).toBeGreaterThan(0);
        },
      };
    },
  },
  {
    says: "a wait goes on with the event of the same id, and is handed it",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("wait"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const wait = { event: scene.event("replied"), timeout: "1m", match: "data.id" } as const;
          const [reply] = await Promise.all([
            step.waitForEvent("reply", wait),
            step.run("ready", () => scene.did("ready")),
          ]);
          scene.did("end", reply && { name: reply.name, data: reply.data, hasId: typeof reply.id });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go", { id: "c1" });
          await scene.comes("ready");
          await scene.quiet(500);
          await scene.send("replied", { id: "c1", text: "yes" });
          expect(await scene.comes("end")).toEqual([
            {
              name: scene.event("replied"),
              data: { tenantId: scene.tenantId, id: "c1", text: "yes" },
              hasId: "string",
            },
          ]);
        },
      };
    },
  },
  {
    says: "a wait takes only the event for which its condition holds",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("wait"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const condition = "async.data.id == event.data.id && async.data.amount > 10";
          const [paid] = await Promise.all([
            step.waitForEvent("paid", { event: scene.event("paid"), timeout: "1m", if: condition }),
            step.run("ready", () => scene.did("ready")),
          ]);
          scene.did("end", paid?.data.amount);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go", { id: "c1" });
          await scene.comes("ready");
          await scene.quiet(500);
          await scene.send("paid", { id: "c2", amount: 100 });
          await scene.send("paid", { id: "c1", amount: 5 });
          await scene.quiet(500);
          expect(scene.all("end")).toEqual([]);
          await scene.send("paid", { id: "c1", amount: 11 });
          expect(await scene.comes("end")).toEqual([11]);
        },
      };
    },
  },
  {
    says: "a wait that nobody answers gives null when its time is over",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("wait"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          await step.run("work", () => pause(700));
          await step.run("before", () => scene.did("before"));
          const none = await step.waitForEvent("never", { event: scene.event("never"), timeout: "1s" });
          scene.did("end", { none });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([{ none: null }]);
          expect((scene.times("end")[0] ?? 0) - (scene.times("before")[0] ?? 0)).toBeGreaterThanOrEqual(950);
        },
      };
    },
  },
  {
    says: "an event of another id leaves a wait alone",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("wait"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const wait = { event: scene.event("replied"), timeout: "3s", match: "data.id" } as const;
          const [reply] = await Promise.all([
            step.waitForEvent("reply", wait),
            step.run("ready", () => scene.did("ready")),
          ]);
          scene.did("end", { reply });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go", { id: "c1" });
          await scene.comes("ready");
          await scene.quiet(400);
          // A number is not the text that looks like it.
          for (const id of ["c2", "C1", "c1 ", "", 1, null, { id: "c1" }]) await scene.send("replied", { id });
          expect(await scene.comes("end")).toEqual([{ reply: null }]);
        },
      };
    },
  },
  {
    says: "an event that came before the wait began does not answer it",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("late"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          await step.sleep("first", "1s");
          const reply = await step.waitForEvent("reply", { event: scene.event("replied"), timeout: "1s" });
          scene.did("end", { reply });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("replied");
          await scene.send("go");
          await scene.send("replied");
          expect(await scene.comes("end")).toEqual([{ reply: null }]);
        },
      };
    },
  },
  {
    says: "one event goes to every run that waits for it",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("many"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step, event }) => {
          const [reply] = await Promise.all([
            step.waitForEvent("reply", { event: scene.event("replied"), timeout: "1m" }),
            step.run("ready", () => scene.did("ready")),
          ]);
          scene.did("end", { n: event.data.n, got: reply?.data.word });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll(
            "go",
            [1, 2, 3].map((n) => ({ n })),
          );
          await scene.comes("ready", 3);
          await scene.quiet(600);
          await scene.send("replied", { word: "all" });
          await scene.comes("end", 3);
          expect(scene.all("end")).toEqual(expect.arrayContaining([1, 2, 3].map((n) => ({ n, got: "all" }))));
        },
      };
    },
  },
  {
    says: "of several events that fit, a wait takes the first, whichever way it asks",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("first"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const options = { event: scene.event("replied"), timeout: "1m" } as const;
          const [, ...replies] = await Promise.all([
            step.run("ready", () => scene.did("ready")),
            step.waitForEvent("match", { ...options, match: "data.id" }),
            step.waitForEvent("if", { ...options, if: "async.data.n > 0 && async.data.id == event.data.id" }),
            step.waitForEvent("any", options),
          ]);
          scene.did(
            "end",
            replies.map((reply) => reply?.data.n),
          );
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go", { id: "c1" });
          await scene.comes("ready");
          await scene.quiet(500);
          await scene.sendAll("replied", [
            { id: "c2", n: 1 },
            ...Array.from({ length: 20 }, (_, i) => ({ id: "c1", n: i + 2 })),
          ]);
          const order = (numbers: unknown) => (scene.stage.kind === "embedded" ? numbers : "some");
          expect((await scene.comes("end")).map(order)).toEqual([order([2, 2, 1])]);
        },
      };
    },
  },
];
