import type { Inngest, InngestFunction } from "inngest";
import { claimOutbox, dropFromOutbox, type OutboxEvent, putOff } from "@/db/queries/engine/relay-outbox";
import { beat, leave, registerFunctions } from "@/db/queries/engine/workers";
import { databaseClock } from "@/db/queries/lease";
import { asWorker } from "@/db/system";
import { onBell } from "@/lib/kernel/bell";
import { uuidv7 } from "@/lib/kernel/ids";
import { log } from "@/lib/log";
import { retryDelayMs } from "./retry";

type RelayOptions = {
  client: Inngest.Any;
  functions: readonly InngestFunction.Any[];
  /** Our own door, on which the functions are registered with the server. */
  ownUrl: string;
  servedAt: string;
  pollMs?: number;
};

const atOnce = 500;
const leaseMs = 60_000;
const heartbeatMs = 10_000;
const backoff = { baseMs: 2_000, capMs: 300_000, jitter: Math.random };

/**
 * Where a real server runs the functions, this hands it the events: each as long as it takes, under an id by which the
 * server takes it once. An event leaves the table when the server has said that it has it.
 */
export async function startRelay(options: RelayOptions): Promise<{ stop(): Promise<void> }> {
  const { client, functions, pollMs = 5_000 } = options;
  const id = uuidv7();
  const ids = functions.map((fn) => fn.id(client.id));
  await asWorker((db) =>
    registerFunctions(
      db,
      functions.map((fn) => ({ id: fn.id(client.id), name: fn.name, config: {} })),
    ),
  );
  const show = () => asWorker((db) => beat(db, { id, functions: ids }, databaseClock()));
  await show();

  let isStopping = false;
  let isDirty = false;
  let sending: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (isDirty && !isStopping) {
      isDirty = false;
      const claimed = await asWorker((db) => claimOutbox(db, { now: databaseClock(), leaseMs, limit: atOnce }));
      if (claimed.length === 0) continue;
      await hand(client, claimed);
      isDirty = true;
    }
  }
  const wake = () => {
    isDirty = true;
    sending ??= drain()
      .catch((error: unknown) =>
        log().warn({ error }, "events were not handed to Inngest; they stay and are tried again"),
      )
      .finally(() => {
        sending = null;
        // Rung between its last look and its end.
        if (isDirty && !isStopping) wake();
      });
  };

  const offBell = onBell(wake);
  const poll = setInterval(wake, pollMs);
  const heart = setInterval(() => {
    show().catch((error: unknown) => log().warn({ error }, "the relay's heartbeat failed; the next one tries again"));
  }, heartbeatMs);
  wake();
  void register(options.ownUrl, options.servedAt, () => isStopping);

  return {
    stop: async () => {
      isStopping = true;
      offBell();
      clearInterval(poll);
      clearInterval(heart);
      await sending;
      await asWorker((db) => leave(db, id)).catch(() => {});
    },
  };
}

async function hand(client: Inngest.Any, events: readonly OutboxEvent[]): Promise<void> {
  try {
    await client.send(
      events.map((event) => ({
        id: event.key,
        name: event.name,
        data: event.data,
        ts: event.occurredAt.getTime(),
        ...(event.v === null ? {} : { v: event.v }),
      })),
    );
    await asWorker((db) => dropFromOutbox(db, events));
  } catch (error) {
    // Too much for one request, or one among them that is refused: the others must not wait for it.
    if (events.length > 1 && isRefusal(error)) {
      const middle = Math.ceil(events.length / 2);
      await hand(client, events.slice(0, middle));
      return hand(client, events.slice(middle));
    }
    const facts = { error, events: events.length, event_id: events[0]?.id };
    log().warn(facts, "Inngest did not take events; they stay and are tried again");
    await asWorker((db) =>
      putOff(
        db,
        events.map((event) => ({ ...event, delayMs: retryDelayMs(event.attempt, null, backoff) })),
        databaseClock(),
      ),
    );
  }
}

/** The server has looked at them and said no; anything else (away, busy) may pass, and is no reason to ask for each alone. */
const isRefusal = (error: unknown) => /API Error: 4(00|13|22)\b/.test(error instanceof Error ? error.message : "");

/** Tells the server where the functions are. It may start later than we do, so this goes on until it has heard. */
async function register(ownUrl: string, servedAt: string, isStopping: () => boolean): Promise<void> {
  for (let attempt = 0; !isStopping(); attempt++) {
    try {
      const answer = await fetch(ownUrl, { method: "PUT", signal: AbortSignal.timeout(15_000) });
      const said = await answer.text();
      if (answer.ok) return log().info({ served_at: servedAt }, "the functions are registered with Inngest");
      log().warn(
        { status: answer.status, said: said.slice(0, 300) },
        "Inngest did not register the functions; once more later",
      );
    } catch (error) {
      log().warn({ error }, "the functions could not be registered with Inngest; once more later");
    }
    await new Promise((done) => setTimeout(done, retryDelayMs(attempt, null, backoff)));
  }
}
