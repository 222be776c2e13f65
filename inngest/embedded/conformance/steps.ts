import { expect } from "vitest";
import { type Behaviour, pause } from "./scene";

export const steps: Behaviour[] = [
  {
    says: "a step runs once, and its result is there for the rest of the run",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("once"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step, event }) => {
          const first = await step.run("first", () => {
            scene.did("first");
            return { n: 1, of: event.data.name };
          });
          await step.sleep("a moment", "1s");
          const second = await step.run("second", () => {
            scene.did("second");
            return first.n + 1;
          });
          scene.did("end", { first, second });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go", { name: "Ann" });
          expect(await scene.comes("end")).toEqual([{ first: { n: 1, of: "Ann" }, second: 2 }]);
          expect(scene.all("first")).toHaveLength(1);
          expect(scene.all("second")).toHaveLength(1);
        },
      };
    },
  },
  {
    says: "steps run in the order in which they are written",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("order"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          for (const name of ["one", "two", "three", "four"]) await step.run(name, () => scene.did("step", name));
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          await scene.comes("end");
          expect(scene.all("step")).toEqual(["one", "two", "three", "four"]);
        },
      };
    },
  },
  {
    says: "what a step returns arrives as JSON: a date as text, nothing as null, a missing field not at all",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("json"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const rich = await step.run("rich", () => ({ on: new Date(86_400_000), gone: undefined, not: Number.NaN }));
          const empty = await step.run("empty", () => undefined);
          const no = await step.run("no", () => false);
          await step.sleep("so that it is read back", "1s");
          scene.did("end", { rich, empty, no, keys: Object.keys(rich) });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          const [end] = await scene.comes("end");
          expect(end).toEqual({
            rich: { on: "1970-01-02T00:00:00.000Z", not: null },
            empty: null,
            no: false,
            keys: ["on", "not"],
          });
        },
      };
    },
  },
  {
    says: "a run is told its event with id, name, data and time, and which run and attempt it is",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("told"), retries: 0, triggers: [{ event: scene.event("go") }] },
        ({ event, events, runId, attempt }) => {
          scene.did("end", { event, count: events.length, runId, attempt });
        },
      );
      return {
        functions: [fn],
        async check() {
          const ts = Date.now() - 60_000;
          await scene.send("go", { text: "é 😀" }, { id: `told-${scene.tenantId}`, ts });
          const [end] = (await scene.comes("end")) as [Record<string, unknown>];
          expect(end).toMatchObject({
            event: {
              id: `told-${scene.tenantId}`,
              name: scene.event("go"),
              data: { tenantId: scene.tenantId, text: "é 😀" },
              ts,
            },
            count: 1,
            attempt: 0,
          });
          expect(end.runId).toMatch(/^[0-9A-Za-z_-]{20,}$/);
        },
      };
    },
  },
  {
    says: "steps of one name in a loop are told apart by their place",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("loop"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const seen: number[] = [];
          for (let i = 0; i < 3; i++) seen.push(await step.run("same", () => i * 10));
          await step.sleep("so that they are read back", "1s");
          scene.did("end", seen);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([[0, 10, 20]]);
        },
      };
    },
  },
  {
    says: "an invoked function gets the data, and its answer comes back",
    play(scene) {
      const render = scene.client.createFunction(
        { id: scene.id("render"), retries: 0, triggers: [{ event: scene.event("never") }] },
        async ({ step, event }) => step.run("render", () => ({ html: `Hello ${event.data.name}` })),
      );
      const caller = scene.client.createFunction(
        { id: scene.id("caller"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const data = { tenantId: scene.tenantId, name: "Ann" };
          scene.did("end", await step.invoke("ask", { function: render, data }));
        },
      );
      return {
        functions: [render, caller],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([{ html: "Hello Ann" }]);
        },
      };
    },
  },
  {
    says: "a function that is invoked and fails throws in the one that asked, which may go on",
    play(scene) {
      const broken = scene.client.createFunction(
        { id: scene.id("broken"), retries: 0, triggers: [{ event: scene.event("never") }] },
        () => {
          throw new Error("no such template");
        },
      );
      const caller = scene.client.createFunction(
        { id: scene.id("caller"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          try {
            await step.invoke("ask", { function: broken, data: { tenantId: scene.tenantId } });
          } catch (error) {
            scene.did("caught", (error as Error).message);
          }
          await step.run("goes on", () => scene.did("went on"));
          scene.did("end");
        },
      );
      return {
        functions: [broken, caller],
        async check() {
          await scene.send("go");
          await scene.comes("end");
          expect(scene.all("caught").at(-1)).toContain("no such template");
          expect(scene.all("went on")).toHaveLength(1);
        },
      };
    },
  },
  {
    says: "an invoked function that takes too long throws in the one that asked",
    play(scene) {
      const slow = scene.client.createFunction(
        { id: scene.id("slow"), retries: 0, triggers: [{ event: scene.event("never") }] },
        async ({ step }) => step.sleep("long", "1h"),
      );
      const caller = scene.client.createFunction(
        { id: scene.id("caller"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const asked = step.invoke("ask", { function: slow, data: { tenantId: scene.tenantId }, timeout: "1s" });
          const answer = await asked.then(
            () => "an answer",
            (error: Error) => `no answer: ${error.message !== ""}`,
          );
          scene.did("end", answer);
        },
      );
      return {
        functions: [slow, caller],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual(["no answer: true"]);
        },
      };
    },
  },
  {
    says: "an event sent by a step starts another function",
    play(scene) {
      const sender = scene.client.createFunction(
        { id: scene.id("sender"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const sent = await step.sendEvent("tell", scene.payload("told", { n: 7 }));
          scene.did("sent", sent.ids.length);
        },
      );
      const listener = scene.client.createFunction(
        { id: scene.id("listener"), retries: 0, triggers: [{ event: scene.event("told") }] },
        ({ event }) => scene.did("heard", event.data.n),
      );
      return {
        functions: [sender, listener],
        async check() {
          await scene.send("go");
          expect(await scene.comes("heard")).toEqual([7]);
          expect(await scene.comes("sent")).toEqual([1]);
        },
      };
    },
  },
  {
    says: "several events sent by one step all arrive, each once",
    play(scene) {
      const sender = scene.client.createFunction(
        { id: scene.id("sender"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const sent = await step.sendEvent(
            "tell",
            [1, 2, 3].map((n) => scene.payload("told", { n })),
          );
          await step.sleep("a moment", "1s");
          scene.did("end", { ids: new Set(sent.ids).size });
        },
      );
      const listener = scene.client.createFunction(
        { id: scene.id("listener"), retries: 0, triggers: [{ event: scene.event("told") }] },
        ({ event }) => scene.did("heard", event.data.n),
      );
      return {
        functions: [sender, listener],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([{ ids: 3 }]);
          await scene.comes("heard", 3);
          expect(scene.all("heard").toSorted()).toEqual([1, 2, 3]);
        },
      };
    },
  },
  {
    says: "steps that follow each other cost one call of the function",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("calls"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          scene.did("call");
          for (const name of ["one", "two", "three"]) await step.run(name, () => scene.did("step", name));
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          await scene.comes("end");
          await scene.quiet(300);
          expect(scene.all("step")).toEqual(["one", "two", "three"]);
          expect(scene.all("call")).toHaveLength(1);
        },
      };
    },
  },
  {
    says: "a run that is longer than one call may last goes on in another, and no step runs twice",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("long"),
          retries: 0,
          triggers: [{ event: scene.event("go") }],
          checkpointing: { maxRuntime: "1s" },
        },
        async ({ step }) => {
          scene.did("call");
          for (const name of ["one", "two", "three", "four"])
            await step.run(name, async () => {
              scene.did("step", name);
              await pause(450);
            });
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          await scene.comes("end");
          expect(scene.all("step")).toEqual(["one", "two", "three", "four"]);
          expect(scene.all("call").length).toBeGreaterThan(1);
        },
      };
    },
  },
];
