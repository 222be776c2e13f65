import { NonRetriableError } from "inngest";
import { expect } from "vitest";
import { type Behaviour, pause } from "./scene";

export const parallel: Behaviour[] = [
  {
    says: "parallel steps each run once, and their results come in the order in which they were asked for",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("all"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const before = await step.run("before", () => "b");
          const results = await Promise.all(
            [300, 10, 100].map((ms, i) =>
              step.run(`part ${i}`, async () => {
                scene.did("part", i);
                await pause(ms);
                return i;
              }),
            ),
          );
          const after = await step.run("after", () => "a");
          scene.did("end", [before, ...results, after]);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([["b", 0, 1, 2, "a"]]);
          expect(scene.all("part").toSorted()).toEqual([0, 1, 2]);
        },
      };
    },
  },
  {
    says: "parallel steps really run at the same time",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("together"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const meet = async (mine: string, other: string) => {
            scene.did(mine);
            for (let i = 0; i < 300 && scene.all(other).length === 0; i++) await pause(20);
            return scene.all(other).length > 0;
          };
          const met = await Promise.all([
            step.run("left", () => meet("left", "right")),
            step.run("right", () => meet("right", "left")),
          ]);
          scene.did("end", met);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([[true, true]]);
        },
      };
    },
  },
  {
    says: "branches with steps of their own go forward without waiting for each other, and no step runs twice",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("chains"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const chain = async (name: string) => {
            let text = "";
            for (const part of ["1", "2", "3"])
              text += await step.run(`${name}${part}`, () => {
                scene.did("step", name + part);
                return part;
              });
            return name + text;
          };
          scene.did("end", await Promise.all([chain("a"), chain("b")]));
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([["a123", "b123"]]);
          expect(scene.all("step").toSorted()).toEqual(["a1", "a2", "a3", "b1", "b2", "b3"]);
        },
      };
    },
  },
  {
    says: "a race is won by the step that ends first",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("race"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const first = await Promise.race([
            step.run("slow", () => pause(900).then(() => "slow")),
            step.run("fast", () => "fast"),
          ]);
          const after = await step.run("after", () => `after ${first}`);
          scene.did("end", after);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect((await scene.comes("end"))[0]).toBe("after fast");
          await scene.quiet(1_200);
          expect(new Set(scene.all("end"))).toEqual(new Set(["after fast"]));
        },
      };
    },
  },
  {
    says: "a race that is declared as one does not wait for its slow branch",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("declared"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step, group }) => {
          const first = await group.parallel(async () =>
            Promise.race([
              step.sleep("an hour", "1h").then(() => "slept"),
              step.run("fast", () => "fast"),
              step.waitForEvent("never", { event: scene.event("never"), timeout: "1h" }).then(() => "waited"),
            ]),
          );
          scene.did("end", first);
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect((await scene.comes("end"))[0]).toBe("fast");
        },
      };
    },
  },
  {
    says: "a branch that fails and is caught goes on, and the others with it",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("fallback"), retries: 1, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const whatsapp = async () => {
            try {
              return await step.run("whatsapp", () => {
                throw new NonRetriableError("no route");
              });
            } catch (error) {
              return step.run("fallback", () => {
                scene.did("fallback");
                return `fell back: ${(error as Error).message}`;
              });
            }
          };
          const mail = async () => {
            const made = await step.run("mail", () => "mail");
            return step.run("sent", () => `${made} sent`);
          };
          scene.did("end", await Promise.all([whatsapp(), mail()]));
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([["fell back: no route", "mail sent"]]);
          expect(scene.all("fallback")).toHaveLength(1);
        },
      };
    },
  },
  {
    says: "parallel steps after a sleep, with parallel steps inside them, all end",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("nested"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          await step.sleep("a moment", "1s");
          const branch = async (name: string) => {
            const head = await step.run(name, () => {
              scene.did("step", name);
              return name;
            });
            const leaves = await Promise.all(
              ["x", "y"].map((leaf) =>
                step.run(`${name}${leaf}`, () => {
                  scene.did("step", name + leaf);
                  return leaf;
                }),
              ),
            );
            return head + leaves.join("");
          };
          scene.did("end", await Promise.all([branch("a"), branch("b"), branch("c")]));
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([["axy", "bxy", "cxy"]]);
          expect(scene.all("step").toSorted()).toEqual(["a", "ax", "ay", "b", "bx", "by", "c", "cx", "cy"]);
        },
      };
    },
  },
  {
    says: "sleeps, waits, invocations and sent events stand beside each other in parallel",
    play(scene) {
      const helper = scene.client.createFunction(
        { id: scene.id("helper"), retries: 0, triggers: [{ event: scene.event("helper") }] },
        () => "helped",
      );
      const fn = scene.client.createFunction(
        { id: scene.id("mixed"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const results = await Promise.all([
            step.sleep("a moment", "1s"),
            step.waitForEvent("answer", { event: scene.event("answer"), timeout: "30s" }),
            step.invoke("help", { function: helper, data: { tenantId: scene.tenantId } }),
            step.sendEvent("ask", scene.payload("question")),
            step.run("work", () => "worked"),
          ]);
          scene.did("end", [results[1]?.data.text, results[2], results[3].ids.length, results[4]]);
        },
      );
      const answerer = scene.client.createFunction(
        { id: scene.id("answerer"), retries: 0, triggers: [{ event: scene.event("question") }] },
        async ({ step }) => {
          await step.sleep("think", "1s");
          await step.sendEvent("answer", scene.payload("answer", { text: "yes" }));
        },
      );
      return {
        functions: [helper, fn, answerer],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([["yes", "helped", 1, "worked"]]);
        },
      };
    },
  },
  {
    says: "twenty parallel steps lose no wake-up",
    play(scene) {
      const fn = scene.client.createFunction(
        { id: scene.id("twenty"), retries: 0, triggers: [{ event: scene.event("go") }] },
        async ({ step }) => {
          const numbers = Array.from({ length: 20 }, (_, i) => i);
          const squares = await Promise.all(
            numbers.map((n) =>
              step.run(`n${n}`, () => {
                scene.did("step", n);
                return n * n;
              }),
            ),
          );
          scene.did(
            "end",
            squares.reduce((sum, n) => sum + n, 0),
          );
        },
      );
      return {
        functions: [fn],
        async check() {
          await scene.send("go");
          expect(await scene.comes("end")).toEqual([2470]);
          expect(scene.all("step")).toHaveLength(20);
        },
      };
    },
  },
];
