import { cron } from "inngest";
import { expect } from "vitest";
import { uuidv7 } from "@/lib/kernel/ids";
import { type Behaviour, pause } from "./scene";

/** The minute of the stage, on the clock of a place. */
function fieldsIn(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const part = (type: string) => Number(parts.formatToParts(at).find((found) => found.type === type)?.value);
  return `${part("minute")} ${part("hour")} * * *`;
}

export const triggers: Behaviour[] = [
  {
    says: "a cron runs its function at the minute, once",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("cron"), retries: 0, triggers: [cron("* * * * *")] },
        ({ event }) => scene.did("tick", { name: event.name, at: scene.stage.now() }),
      );
      return {
        functions: [fn],
        async check() {
          const wait = scene.stage.minute.getTime() - scene.stage.now();
          const [tick] = (await scene.comes("tick", 1, 20 + wait / 1000)) as [{ name: string; at: number }];
          expect(tick.name).toBe("inngest/scheduled.timer");
          expect(tick.at % 60_000).toBeLessThan(10_000);
          await scene.quiet(800);
          expect(scene.all("tick")).toHaveLength(1);
        },
      };
    },
  },
  {
    says: "a cron with a time zone follows the clock of that place",
    play(scene) {
      const zone = "Asia/Kathmandu";
      const make = (name: string, schedule: string) =>
        scene.client.createFunction({ id: scene.id(name), retries: 0, triggers: [cron(schedule)] }, () =>
          scene.did(name, scene.stage.now()),
        );
      return {
        functions: [
          make("there", `TZ=${zone} ${fieldsIn(zone, scene.stage.minute)}`),
          make("elsewhere", `TZ=America/New_York ${fieldsIn(zone, scene.stage.minute)}`),
        ],
        async check() {
          const wait = scene.stage.minute.getTime() - scene.stage.now();
          const [at] = (await scene.comes("there", 1, 20 + wait / 1000)) as [number];
          expect(at).toBeGreaterThanOrEqual(scene.stage.minute.getTime());
          await scene.quiet(500);
          expect(scene.all("elsewhere")).toEqual([]);
        },
      };
    },
  },
  {
    says: "a trigger with a condition takes only the events that meet it",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("if"),
          retries: 0,
          triggers: [{ event: scene.event("go"), if: "event.data.amount > 10 && event.data.kind != 'test'" }],
        },
        ({ event }) => scene.did("run", event.data.amount),
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll("go", [
            { amount: 5, kind: "real" },
            { amount: 50, kind: "test" },
            { kind: "real" },
            { amount: 10.5, kind: "real" },
            { amount: 11, kind: "real" },
          ]);
          await scene.comes("run", 2);
          await scene.quiet(400);
          expect(scene.all("run").toSorted()).toEqual([10.5, 11]);
        },
      };
    },
  },
  {
    says: "one event starts every function that listens to it",
    play(scene) {
      const make = (name: string) =>
        scene.client.createFunction(
          { id: scene.id(name), retries: 0, triggers: [{ event: scene.event("go") }] },
          ({ event }) => scene.did("run", `${name} ${event.data.n}`),
        );
      return {
        functions: [make("one"), make("two"), make("three")],
        async check() {
          await scene.send("go", { n: 1 });
          await scene.comes("run", 3);
          expect(scene.all("run").toSorted()).toEqual(["one 1", "three 1", "two 1"]);
        },
      };
    },
  },
  {
    says: "a function with two triggers runs for either",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("either"),
          retries: 0,
          triggers: [{ event: scene.event("a") }, { event: scene.event("b"), if: "event.data.n > 1" }],
        },
        ({ event }) => scene.did("run", `${event.name.split(".").at(-1)}${event.data.n}`),
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("a", { n: 1 });
          await scene.send("b", { n: 1 });
          await scene.send("b", { n: 2 });
          await scene.comes("run", 2);
          await scene.quiet(300);
          expect(scene.all("run").toSorted()).toEqual(["a1", "b2"]);
        },
      };
    },
  },
  {
    says: "the events of one send are taken each for itself, and their ids come back in their order",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("each"), retries: 0, triggers: [{ event: scene.event("go") }] },
        ({ event }) => scene.did("run", event.data.n),
      );
      return {
        functions: [fn],
        async check() {
          const { ids } = await scene.sendAll(
            "go",
            Array.from({ length: 25 }, (_, n) => ({ n })),
          );
          expect(new Set(ids).size).toBe(25);
          await scene.comes("run", 25);
          expect(new Set(scene.all("run")).size).toBe(25);
        },
      };
    },
  },
  {
    says: "an event that nobody listens to is taken and does no harm",
    play(scene) {
      return {
        functions: [],
        async check() {
          const { ids } = await scene.send("nobody", { n: 1 });
          expect(ids).toHaveLength(1);
        },
      };
    },
  },
  {
    says: "an event cancels the run of the same id, which does nothing more",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("cancel"),
          retries: 0,
          cancelOn: [{ event: scene.event("stop"), match: "data.id" }],
          triggers: [{ event: scene.event("go") }],
        },
        async ({ event, step }) => {
          await step.run("begin", () => scene.did("begin", event.data.id));
          await step.waitForEvent("never", { event: scene.event("never"), timeout: "2s" });
          scene.did("end", event.data.id);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll("go", [{ id: "a" }, { id: "b" }]);
          await scene.comes("begin", 2);
          await scene.quiet(300);
          await scene.send("stop", { id: "a" });
          await scene.comes("end");
          await scene.quiet(1_200);
          expect(scene.all("end")).toEqual(["b"]);
        },
      };
    },
  },
  {
    says: "a sleeping run is cancelled too, and others sleep on",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("cancel"),
          retries: 0,
          cancelOn: [{ event: scene.event("stop"), if: "async.data.id == event.data.id" }],
          triggers: [{ event: scene.event("go") }],
        },
        async ({ event, step }) => {
          await step.run("begin", () => scene.did("begin", event.data.id));
          await step.sleep("a moment", "2s");
          scene.did("end", event.data.id);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll("go", [{ id: "a" }, { id: "b" }]);
          await scene.comes("begin", 2);
          await scene.quiet(300);
          await scene.send("stop", { id: "a" });
          await scene.comes("end");
          await scene.quiet(1_200);
          expect(scene.all("end")).toEqual(["b"]);
        },
      };
    },
  },
  {
    says: "a run that is cancelled while a step runs begins no further step",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("cancel"),
          retries: 3,
          cancelOn: [{ event: scene.event("stop"), match: "data.id" }],
          triggers: [{ event: scene.event("go") }],
        },
        async ({ event, step }) => {
          await step.run("long", async () => {
            scene.did("begin", event.data.id);
            await pause(2_500);
            scene.did("worked", event.data.id);
          });
          await step.run("next", () => scene.did("next", event.data.id));
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll("go", [{ id: "a" }, { id: "b" }]);
          await scene.comes("begin", 2);
          await scene.send("stop", { id: "a" });
          await scene.comes("next");
          await scene.comes("worked", 2);
          await scene.quiet(700);
          expect(scene.all("next")).toEqual(["b"]);
          expect(scene.all("worked")).toHaveLength(2);
        },
      };
    },
  },
  {
    says: "a cancellation for another id, or without one, stops nothing",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("cancel"),
          retries: 0,
          cancelOn: [{ event: scene.event("stop"), match: "data.id" }],
          triggers: [{ event: scene.event("go") }],
        },
        async ({ event, step }) => {
          await step.run("begin", () => scene.did("begin"));
          await step.sleep("a moment", "2s");
          scene.did("end", event.data.id);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.sendAll("go", [{ id: "a" }, { id: "b" }]);
          await scene.comes("begin", 2);
          await scene.quiet(300);
          await scene.sendAll("stop", [{ id: "c" }, {}, { id: ["a"] }]);
          await scene.comes("end", 2);
          expect(scene.all("end").toSorted()).toEqual(["a", "b"]);
        },
      };
    },
  },
  {
    says: "a cancellation counts only as long as it was said to",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("cancel"),
          retries: 0,
          cancelOn: [{ event: scene.event("stop"), match: "data.id", timeout: "1s" }],
          triggers: [{ event: scene.event("go") }],
        },
        async ({ event, step }) => {
          await step.run("begin", () => scene.did("begin"));
          await step.sleep("a moment", "4s");
          scene.did("end", event.data.id);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go", { id: "a" });
          await scene.comes("begin");
          await pause(1_700);
          await scene.send("stop", { id: "a" });
          expect(await scene.comes("end")).toEqual(["a"]);
        },
      };
    },
  },
  {
    says: "the end of a run is an event that others can listen to: finished, failed and cancelled",
    play(scene) {
      const mine = (name: string) => `event.data.function_id == '${scene.functionId(name)}'`;
      const good = scene.client.createFunction(
        { id: scene.id("good"), retries: 0, triggers: [{ event: scene.event("good") }] },
        async ({ step }) => step.run("work", () => ({ sum: 3 })),
      );
      const bad = scene.client.createFunction(
        { id: scene.id("bad"), retries: 0, triggers: [{ event: scene.event("bad") }] },
        () => {
          throw new Error("bad luck");
        },
      );
      const stopped = scene.client.createFunction(
        {
          id: scene.id("stopped"),
          retries: 0,
          cancelOn: [{ event: scene.event("stop") }],
          triggers: [{ event: scene.event("stopped") }],
        },
        async ({ step }) => {
          await step.run("begin", () => scene.did("begin"));
          await step.sleep("long", "1h");
        },
      );
      const listen = (what: string, event: string, of: string) =>
        scene.client.createFunction(
          { id: scene.id(`on-${what}`), retries: 0, triggers: [{ event, if: mine(of) }] },
          ({ event }) => scene.did(what, event.data),
        );
      return {
        functions: [
          good,
          bad,
          stopped,
          listen("finished", "inngest/function.finished", "good"),
          listen("failed", "inngest/function.failed", "bad"),
          listen("cancelled", "inngest/function.cancelled", "stopped"),
        ],
        async check() {
          await scene.send("good", { n: 1 });
          await scene.send("bad", { n: 2 });
          await scene.send("stopped", { n: 3 });
          const [finished] = await scene.comes("finished");
          expect(finished).toMatchObject({ run_id: expect.any(String), result: { sum: 3 } });
          const [failed] = await scene.comes("failed");
          expect(failed).toMatchObject({ error: { message: "bad luck" }, event: { data: { n: 2 } } });
          await scene.comes("begin");
          await scene.quiet(300);
          await scene.send("stop");
          const [cancelled] = await scene.comes("cancelled");
          expect(cancelled).toMatchObject({
            function_id: scene.functionId("stopped"),
            run_id: expect.any(String),
          });
        },
      };
    },
  },
  {
    says: "what happens in one workspace neither resumes nor cancels a run of another",
    onlyEmbedded: "a real server knows no workspaces; there the condition must name the tenant",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("apart"),
          retries: 0,
          cancelOn: [{ event: scene.event("stop") }],
          triggers: [{ event: scene.event("go") }],
        },
        async ({ step }) => {
          const [reply] = await Promise.all([
            step.waitForEvent("reply", { event: scene.event("reply"), timeout: "2s" }),
            step.run("begin", () => scene.did("begin")),
          ]);
          scene.did("end", { reply });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          await scene.comes("begin");
          await scene.quiet(300);
          await scene.send("stop", { tenantId: uuidv7() });
          await scene.send("reply", { tenantId: uuidv7() });
          expect(await scene.comes("end")).toEqual([{ reply: null }]);
        },
      };
    },
  },
];
