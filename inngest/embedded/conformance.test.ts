import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closePools } from "@/db/client";
import { type ScratchDatabase, scratchDatabase } from "@/e2e/scratch-database";
import { behaviours } from "./conformance/behaviours";
import { embeddedStage } from "./conformance/embedded-stage";
import { makeScene, type Stage } from "./conformance/scene";
import { serverStage } from "./conformance/server-stage";

const { INNGEST_TEST_SERVER: url, INNGEST_TEST_EVENT_KEY, INNGEST_TEST_SIGNING_KEY } = process.env;

describe(url ? `on the server ${url}` : "on the embedded engine", () => {
  const asked = behaviours.filter(({ onlyEmbedded }) => !url || onlyEmbedded === undefined);
  // All at once: each waits for its own events only, and most of them sleep most of the time.
  const checked = new Map<string, Promise<unknown>>();
  let stage: Stage;
  // Its clock is moved, and engines on one database have to agree about the time.
  let database: ScratchDatabase | null = null;

  beforeAll(async () => {
    const run = randomBytes(4).toString("hex");
    if (url) {
      stage = serverStage(run, { url, eventKey: INNGEST_TEST_EVENT_KEY, signingKey: INNGEST_TEST_SIGNING_KEY });
    } else {
      database = await scratchDatabase("madan_sara_conformance", { pool: 20 });
      Object.assign(process.env, database.env);
      stage = embeddedStage(run);
    }
    const played = asked.map(({ says, play }, i) => ({ says, ...play(makeScene(stage, i + 1)) }));
    await stage.open(played.flatMap(({ functions }) => functions));
    for (const { says, check } of played)
      checked.set(
        says,
        check().catch((error: unknown) => error),
      );
  }, 180_000);
  afterAll(async () => {
    await stage?.close();
    await closePools(1);
    await database?.stop();
  });

  for (const { says } of asked)
    it(says, { timeout: url ? 600_000 : 90_000 }, async () => {
      const fault = await checked.get(says);
      if (fault) throw fault;
    });
  for (const { says, onlyEmbedded } of behaviours.filter((behaviour) => !asked.includes(behaviour)))
    it.skip(`${says} (${onlyEmbedded})`, () => {});
});

it("asks for every behaviour under a sentence of its own", () => {
  expect(new Set(behaviours.map(({ says }) => says)).size).toBe(behaviours.length);
});
