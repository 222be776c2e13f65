import { getAsyncCtx } from "inngest/experimental";

type Step = { hashedId?: string };
type Context = { execution?: { ctx?: { runId?: string }; executingStep?: Step } };

/**
 * Where an event comes from, if a step sends it: the run, the step, and how many times the step has sent before. It is the
 * same each time the step runs, so one that runs again after a crash says nothing twice. The SDK sends the same request
 * again under the same seed where it is not sure of the answer; that is no other sending.
 */
export class Sends {
  private readonly seeds = new WeakMap<Step, string[]>();

  async originOf(seed: string | null): Promise<string | null> {
    const { execution } = ((await getAsyncCtx()) ?? {}) as Context;
    const { ctx, executingStep: step } = execution ?? {};
    if (ctx?.runId === undefined || step?.hashedId === undefined) return null;
    const seeds = this.seeds.get(step) ?? [];
    this.seeds.set(step, seeds);
    if (seed === null || !seeds.includes(seed)) seeds.push(seed ?? "");
    const at = seed === null ? seeds.length - 1 : seeds.indexOf(seed);
    return `${ctx.runId}.${step.hashedId}.${at}`;
  }
}
