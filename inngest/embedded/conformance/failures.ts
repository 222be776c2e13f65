import { NonRetriableError, RetryAfterError, StepError } from "inngest";
import { expect } from "vitest";
import type { Behaviour } from "./scene";

export const failures: Behaviour[] = [
  {
    says: "a step that fails is tried again, knows which try it is, and what was done before is not done again",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("flaky"), retries: 3, triggers: [{ event: scene.event("go") }] },
        async ({ step, attempt }) => {
          await step.run("before", () => scene.did("before"));
          const result = await step.run("flaky", () => {
            scene.did("try", attempt);
            if (scene.all("try").length < 3) throw new Error(`provider 500 #${scene.all("try").length}`);
            return "ok";
          });
          await step.run("after", () => scene.did("after", result));
          scene.did("end", result);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual(["ok"]);
          expect(scene.all("try")).toEqual([0, 1, 2]);
          expect(scene.all("before")).toHaveLength(1);
          expect(scene.all("after")).toEqual(["ok"]);
        },
      };
    },
  },
  {
    says: "tries are counted anew for every step",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("anew"), retries: 1, triggers: [{ event: scene.event("go") }] },
        async ({ step, attempt }) => {
          for (const name of ["one", "two"])
            await step.run(name, () => {
              scene.did(name, attempt);
              if (scene.all(name).length < 2) throw new Error(name);
            });
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          await scene.comes("end");
          expect([scene.all("one"), scene.all("two")]).toEqual([
            [0, 1],
            [0, 1],
          ]);
        },
      };
    },
  },
  {
    says: "when all tries are used up the failure handler is told the error and the event",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("hopeless"),
          retries: 2,
          triggers: [{ event: scene.event("go") }],
          onFailure: async ({ error, event, step }) => {
            await step.run("note", () => scene.did("noted"));
            scene.did("failed", {
              message: error.message,
              name: error.name,
              data: event.data.event.data,
              of: event.data.function_id,
              hasRun: typeof event.data.run_id,
            });
          },
        },
        async ({ step, event }) => {
          await step.run("always", () => {
            scene.did("try");
            throw new TypeError(`never ${event.data.word}`);
          });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go", { word: "works" });
          expect(await scene.comes("failed")).toEqual([
            {
              message: "never works",
              name: "TypeError",
              data: { tenantId: scene.tenantId, word: "works" },
              of: scene.functionId("hopeless"),
              hasRun: "string",
            },
          ]);
          expect(scene.all("try")).toHaveLength(3);
          expect(scene.all("noted")).toHaveLength(1);
        },
      };
    },
  },
  {
    says: "without retries a failure is final at once",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("once"),
          retries: 0,
          triggers: [{ event: scene.event("go") }],
          onFailure: ({ error }) => scene.did("failed", error.message),
        },
        () => {
          scene.did("try");
          throw new Error("no");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("failed")).toEqual(["no"]);
          await scene.quiet(300);
          expect(scene.all("try")).toHaveLength(1);
        },
      };
    },
  },
  {
    says: "an error that says it is no use is not tried again",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("no-use"),
          retries: 4,
          triggers: [{ event: scene.event("go") }],
          onFailure: ({ error }) => scene.did("failed", error.message),
        },
        async ({ step }) => {
          await step.run("refused", () => {
            scene.did("try");
            throw new NonRetriableError("the address does not exist");
          });
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("failed")).toEqual(["the address does not exist"]);
          expect(scene.all("try")).toHaveLength(1);
        },
      };
    },
  },
  {
    says: "an error that says when is tried again then, not earlier",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("later"), retries: 2, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          await step.run("limited", () => {
            scene.did("try");
            if (scene.all("try").length < 2) throw new RetryAfterError("slow down", "2s");
          });
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          await scene.comes("end");
          const [first = 0, second = 0] = scene.times("try");
          expect(second - first).toBeGreaterThanOrEqual(1_900);
          expect(second - first).toBeLessThan(12_000 * scene.stage.patience);
        },
      };
    },
  },
  {
    says: "a step that has failed for good can be caught, and the run completes",
    play(scene) {
      const fn = scene.client.createFunction(
        {
          id: scene.id("caught"),
          retries: 1,
          triggers: [{ event: scene.event("go") }],
          onFailure: () => scene.did("failed"),
        },
        async ({ step }) => {
          try {
            await step.run("broken", () => {
              scene.did("try");
              throw new RangeError("out of stock");
            });
          } catch (error) {
            const { name, message } = error as Error;
            scene.did("caught", { name, message, isStepError: error instanceof StepError });
          }
          await step.run("goes on", () => scene.did("went on"));
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          await scene.comes("end");
          expect(scene.all("caught").at(-1)).toEqual({
            name: "RangeError",
            message: "out of stock",
            isStepError: true,
          });
          expect(scene.all("try")).toHaveLength(2);
          expect(scene.all("went on")).toHaveLength(1);
          expect(scene.all("failed")).toHaveLength(0);
        },
      };
    },
  },
  {
    says: "an error between steps is tried again, and finished steps are not",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("between"), retries: 2, triggers: [{ event: scene.event("go") }] },
        async ({ step, attempt }) => {
          const done = await step.run("done", () => {
            scene.did("done");
            return "kept";
          });
          scene.did("body", attempt);
          if (scene.all("body").length < 2) throw new Error("between");
          await step.run("after", () => scene.did("after", done));
          scene.did("end");
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          await scene.comes("end");
          expect(scene.all("done")).toHaveLength(1);
          expect(scene.all("body").slice(0, 2)).toEqual([0, 1]);
          expect(scene.all("after")).toEqual(["kept"]);
        },
      };
    },
  },
  {
    says: "a parallel step that fails once is tried again while the others are done once",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("beside"), retries: 2, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const results = await Promise.all([
            step.run("calm", () => {
              scene.did("calm");
              return "calm";
            }),
            step.run("flaky", () => {
              scene.did("flaky");
              if (scene.all("flaky").length < 3) throw new Error("again");
              return "flaky";
            }),
          ]);
          scene.did("end", results);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([["calm", "flaky"]]);
          expect(scene.all("calm")).toHaveLength(1);
          expect(scene.all("flaky")).toHaveLength(3);
        },
      };
    },
  },
];
