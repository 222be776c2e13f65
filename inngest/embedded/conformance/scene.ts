import type { Inngest, InngestFunction } from "inngest";
import { uuidv7 } from "@/lib/kernel/ids";

/** Where behaviours are played: an engine, a client that speaks to it, and what can be known about its clock. */
export type Stage = {
  kind: "embedded" | "server";
  client: Inngest.Any;
  /** Unique to this run of the suite, so that nothing of an earlier one answers. */
  run: string;
  /** A beginning of a minute that is still to come on the engine's clock. */
  minute: Date;
  /** The engine's clock. */
  now(): number;
  /** How much longer than the embedded engine this one may take. */
  patience: number;
  open(functions: readonly InngestFunction.Any[]): Promise<void>;
  close(): Promise<void>;
};

/** One promise of the product, whichever engine keeps it. */
export type Behaviour = {
  says: string;
  /** What a real server does otherwise or cannot be asked, with the reason. */
  onlyEmbedded?: string;
  play(scene: Scene): Play;
};
export type Play = { functions: InngestFunction.Any[]; check(): Promise<void> };

export type Effect = { what: string; value: unknown; at: number };
export type Scene = ReturnType<typeof makeScene>;

type Extra = { id?: string; ts?: number };

/** A tenant, names and a log of effects that no other behaviour shares. */
export function makeScene(stage: Stage, number: number) {
  const effects: Effect[] = [];
  const tenantId = uuidv7();
  const place = `b${String(number).padStart(2, "0")}`;
  const event = (name: string) => `${stage.run}/${place}.${name}`;
  const all = (what: string) => effects.filter((effect) => effect.what === what).map(({ value }) => value);

  return {
    stage,
    client: stage.client,
    tenantId,
    event,
    id: (name: string) => `${place}-${name}`,
    /** As engines know it: with the app before it. */
    functionId: (name: string) => `${stage.client.id}-${place}-${name}`,
    /** Called by the functions: what happened, in the order in which it did. */
    did(what: string, value: unknown = null): void {
      effects.push({ what, value, at: Date.now() });
    },
    all,
    /** When each of them happened, in milliseconds. */
    times: (what: string) => effects.filter((effect) => effect.what === what).map(({ at }) => at),
    effects: () => effects.map(({ what, value }) => `${what} ${JSON.stringify(value)}`),

    payload: (name: string, data: Record<string, unknown> = {}, extra: Extra = {}) => ({
      name: event(name),
      data: { tenantId, ...data },
      ...extra,
    }),
    send(name: string, data: Record<string, unknown> = {}, extra: Extra = {}) {
      return stage.client.send({ name: event(name), data: { tenantId, ...data }, ...extra });
    },
    sendAll(name: string, data: readonly Record<string, unknown>[]) {
      return stage.client.send(data.map((one) => ({ name: event(name), data: { tenantId, ...one } })));
    },

    /** Waits until something happened so often, and says what did happen when it does not. */
    async comes(what: string, times = 1, seconds = 20): Promise<unknown[]> {
      const end = Date.now() + seconds * 1000 * stage.patience;
      while (all(what).length < times) {
        if (Date.now() > end) {
          const seen = effects.map((effect) => `${effect.what} ${JSON.stringify(effect.value)}`).join("\n  ");
          throw new Error(
            `"${what}" came ${all(what).length} of ${times} times. What happened:\n  ${seen || "nothing"}`,
          );
        }
        await pause(15);
      }
      return all(what);
    },
    /** Long enough that what must not happen would have happened. */
    quiet: (ms: number) => pause(ms * Math.min(3, stage.patience)),
  };
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Moves of a counter while something is going on: how many at once, at most. */
export function gauge() {
  let now = 0;
  const state = { most: 0, enter: () => {}, leave: () => {} };
  state.enter = () => {
    now += 1;
    state.most = Math.max(state.most, now);
  };
  state.leave = () => {
    now -= 1;
  };
  return state;
}
