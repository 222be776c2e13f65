import type { StepWrite } from "@/db/queries/engine/steps";
import { toWireId } from "@/lib/kernel/ids";
import { log } from "@/lib/log";
import type { EmbeddedHandler } from "./handler";
import { limits } from "./limits";
import { callBody, errorOf, readAnswer, readOps } from "./protocol";
import { type CallFacts, refuseCall, rest, type Settlement, settle, settledStep, settleLost } from "./settlement";

/** One call of a function, from the claimed job to what has to be written. */
export type Call = CallFacts & { startedAt: number };

type CallPorts = {
  handler: EmbeddedHandler;
  timeoutMs: number;
  at(): Date;
  record(call: Call, steps: StepWrite[]): Promise<boolean>;
};

export class Calls {
  /**
   * Calls that are going on, by the claim they are made under. By the run alone it would be wrong: a process that was away
   * may have claimed the same work again, while its first call still goes on and must not write under the second's number.
   */
  private readonly recording = new Map<string, Call>();

  constructor(private readonly ports: CallPorts) {}

  async make(facts: CallFacts): Promise<Settlement> {
    const refused = refuseCall(facts);
    if (refused) return rest(refused);
    const call: Call = { ...facts, startedAt: performance.now() };
    const { job, run, config } = facts;
    const runId = toWireId("run", run.id);
    const claim = `${job.run_id}.${job.step_id}.${job.token}`;
    this.recording.set(claim, call);
    try {
      const body = callBody({
        runId,
        functionId: config.id,
        queueItemId: claim,
        attempt: job.attempt,
        tries: config.tries,
        onlyPlan: run.open.length > 0,
        events: run.events,
        memo: run.memo.map(({ id, output, error }) => (error ? { id, error } : { id, output })),
      });
      const answer = await within(this.ports.timeoutMs, this.ports.handler.call(config.id, job.step_id, runId, body));
      if (answer === late) {
        const message = `The call took longer than ${Math.round(this.ports.timeoutMs / 1000)} seconds.`;
        return settleLost({ name: "TooSlow", message }, "too_slow", facts);
      }
      // Times count from the answer: a call may have worked for a while before it came to its sleep.
      return settle(readAnswer(answer), { ...facts, at: this.ports.at(), tookMs: performance.now() - call.startedAt });
    } catch (error) {
      log().warn({ error, run_id: runId, function_id: config.id }, "a call of a function failed on the way");
      return settleLost(errorOf(error), "function_error", facts);
    } finally {
      this.recording.delete(claim);
    }
  }

  /** What a call has done so far. False where it does not hold its job any more. */
  async checkpoint(body: unknown): Promise<boolean> {
    const { steps = [], qi_id: claim = "" } = (body ?? {}) as { steps?: unknown[]; qi_id?: string };
    const call = this.recording.get(claim);
    if (!call) return false;
    const tookMs = performance.now() - call.startedAt;
    const writes = readOps(steps).settled.map((step) => settledStep(step, { ...call, tookMs }));
    // Over a limit: refused here, it comes back as the call's answer, and that is where the run ends with the reason.
    const isOver = call.run.step_count + writes.length > limits.stepsARun;
    const bytes = writes.reduce((sum, { output }) => sum + (output?.length ?? 0), 0);
    if (
      isOver ||
      call.run.memo_bytes + bytes > limits.runBytes ||
      writes.some(({ output }) => (output?.length ?? 0) > limits.stepBytes)
    )
      throw new Error("The run is over one of its limits.");
    call.startedAt = performance.now();
    call.run.step_count += writes.length;
    call.run.memo_bytes += bytes;
    return this.ports.record(call, writes);
  }
}

const late = Symbol("late");

async function within<T>(ms: number, work: Promise<T>): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const clock = new Promise<typeof late>((done) => {
    timer = setTimeout(() => done(late), ms);
  });
  try {
    return await Promise.race([work, clock]);
  } finally {
    clearTimeout(timer);
  }
}
