import { Inngest } from "inngest";
import { embeddedDoor } from "../door";
import { type Engine, startEngine } from "../engine";
import type { Stage } from "./scene";

/** So long after the start a minute begins: until then the engine has settled. */
const untilMinuteMs = 6_000;

/** The embedded engine in this process, on a clock that is about to begin a minute. */
export function embeddedStage(run: string): Stage {
  const skewMs = 60_000 - (Date.now() % 60_000) - untilMinuteMs;
  const now = () => Date.now() + skewMs;
  const door = embeddedDoor();
  const client = new Inngest({
    id: `suite-${run}`,
    ...door.clientOptions,
    logger: silent,
    checkpointing: { maxRuntime: "50s" },
  });
  let engine: Engine | null = null;
  return {
    kind: "embedded",
    client,
    run,
    minute: new Date(Math.ceil(now() / 60_000) * 60_000),
    now,
    patience: 1,
    async open(functions) {
      engine = await startEngine({
        client,
        door,
        functions,
        capacity: 64,
        skewMs: () => skewMs,
        retry: { baseMs: 80, capMs: 400, jitter: () => 0.5 },
      });
    },
    async close() {
      await engine?.stop(2_000);
    },
  };
}

const nothing = () => {};
/** What fails here fails on purpose. */
export const silent = { info: nothing, warn: nothing, error: nothing, debug: nothing };
