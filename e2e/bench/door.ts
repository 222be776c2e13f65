import { closePools } from "@/db/client";
import { CannotRun, type Context, type Measured, type Member, median, percentile } from "../measure";
import { scratchDatabase } from "../scratch-database";
import { startProduct } from "../server";
import { furnishedWorkspace } from "../workspace";
import { load } from "./load";

// Behind the whole gate (key, scopes, rate budget, shaped answer) and then nothing: no query of its own.
const gatedPath = "/api/v1/scopes";
const barePath = "/api/health";

/**
 * What our door costs: a route behind the gate (key look-up, rate limit, one read, shaped answer) against the framework's
 * own handler that only says it is there. Both in the same process, in alternating rounds.
 */
export const door: Member = {
  name: "door",
  about: "a gated route against the bare framework's",
  async run(ctx: Context): Promise<Measured> {
    const database = await scratchDatabase("madan_sara_door");
    ctx.onEnd(() => database.stop());
    Object.assign(process.env, database.env);
    ctx.onEnd(() => closePools(1));
    const { key } = await furnishedWorkspace("door");
    const product = await startProduct(database.env);
    ctx.onEnd(() => product.stop());

    const headers = { authorization: `Bearer ${key}` };
    const check = await fetch(`${product.url}${gatedPath}`, { headers });
    if (!check.ok) throw new CannotRun(`${gatedPath} answered ${check.status}: ${(await check.text()).slice(0, 300)}`);

    const [rounds, seconds] = ctx.isShort ? [2, 1] : [6, 3];
    const callers = 6;
    const gated: Round[] = [];
    const bare: Round[] = [];
    await load(`${product.url}${gatedPath}`, { callers, seconds: 1, headers });
    await load(`${product.url}${barePath}`, { callers, seconds: 1 });
    for (let round = 0; round < rounds; round++) {
      // Who goes first alternates too: a machine that slows down in between must not favour one side.
      const sides = round % 2 === 0 ? [gated, bare] : [bare, gated];
      for (const side of sides) {
        const path = side === gated ? gatedPath : barePath;
        side.push(
          summary(await load(`${product.url}${path}`, { callers, seconds, headers: side === gated ? headers : {} })),
        );
      }
      ctx.say(`round ${round + 1} of ${rounds}`);
    }
    const of = (side: Round[], what: keyof Round) => median(side.map((round) => round[what]));
    const ratios = (what: keyof Round) =>
      median(gated.map((round, at) => round[what] / (bare[at]?.[what] ?? Number.NaN)));
    return {
      rows: rounds * 2,
      metrics: {
        gated_per_second: of(gated, "perSecond"),
        bare_per_second: of(bare, "perSecond"),
        throughput_ratio: ratios("perSecond"),
        gated_p50_ms: of(gated, "p50"),
        gated_p99_ms: of(gated, "p99"),
        bare_p50_ms: of(bare, "p50"),
        bare_p99_ms: of(bare, "p99"),
        p50_ratio: ratios("p50"),
        p99_ratio: ratios("p99"),
        failures: [...gated, ...bare].reduce((sum, round) => sum + round.failures, 0),
        generator_share: median([...gated, ...bare].map((round) => round.generatorShare)),
      },
      // The ratio is told, not judged; answers that are not 200 would make it a ratio of something else.
      bars: { failures: { op: "==", bar: 0 } },
      notes: [`${callers} callers, ${rounds} alternating rounds of ${seconds} s; the generator's share is of one core`],
    };
  },
};

type Round = { perSecond: number; p50: number; p99: number; failures: number; generatorShare: number };

function summary({ latenciesMs, failures, seconds, generatorCpuSeconds }: Awaited<ReturnType<typeof load>>): Round {
  return {
    perSecond: latenciesMs.length / seconds,
    p50: percentile(latenciesMs, 0.5),
    p99: percentile(latenciesMs, 0.99),
    failures,
    generatorShare: generatorCpuSeconds / seconds,
  };
}
