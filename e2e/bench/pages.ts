import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import { closePools } from "@/db/client";
import { browserArgs, findBrowser } from "@/scripts/browser.mjs";
import { freePort } from "../free-port";
import { type Context, type Measured, type Member, median } from "../measure";
import { scratchDatabase } from "../scratch-database";
import { startProduct } from "../server";
import { furnishedWorkspace } from "../workspace";

const pages = ["/sign-in", "/overview"] as const;

/** What a person waits for: Lighthouse on desktop, for the page that greets and the page that is opened every morning. */
export const pagesBench: Member = {
  name: "pages",
  about: "Lighthouse on desktop: sign-in and overview",
  async run(ctx: Context): Promise<Measured> {
    const database = await scratchDatabase("madan_sara_pages");
    ctx.onEnd(() => database.stop());
    Object.assign(process.env, database.env);
    ctx.onEnd(() => closePools(1));
    const workspace = await furnishedWorkspace("pages");
    const product = await startProduct(database.env);
    ctx.onEnd(() => product.stop());
    const debugPort = await freePort();
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      args: [...browserArgs, `--remote-debugging-port=${debugPort}`],
    });
    ctx.onEnd(() => browser.close());

    const metrics: Record<string, number> = {};
    const bars: Measured["bars"] = {};
    const rounds = ctx.isShort ? 1 : 3;
    for (const page of pages) {
      const { cookie } = await workspace.signIn();
      const seen: {
        performance: number;
        accessibility: number;
        bestPractices: number;
        lcp: number;
      }[] = [];
      for (let round = 0; round < rounds; round++) {
        const run = await lighthouse(
          `${product.url}${page}`,
          {
            port: debugPort,
            logLevel: "error",
            onlyCategories: ["performance", "accessibility", "best-practices"],
            disableStorageReset: true,
            ...(page === "/sign-in" ? {} : { extraHeaders: { Cookie: cookie } }),
          },
          desktopConfig,
        );
        if (!run || run.lhr.runtimeError)
          throw new Error(`Lighthouse did not finish: ${run?.lhr.runtimeError?.message}`);
        const { categories, audits, finalDisplayedUrl } = run.lhr;
        if (!finalDisplayedUrl.endsWith(page)) throw new Error(`${page} led to ${finalDisplayedUrl}.`);
        seen.push({
          performance: (categories.performance?.score ?? 0) * 100,
          accessibility: (categories.accessibility?.score ?? 0) * 100,
          bestPractices: (categories["best-practices"]?.score ?? 0) * 100,
          lcp: audits["largest-contentful-paint"]?.numericValue ?? Number.NaN,
        });
        ctx.say(`${page}, round ${round + 1} of ${rounds}`);
      }
      const name = page.slice(1).replace("-", "_");
      const of = (what: keyof (typeof seen)[number]) => median(seen.map((one) => one[what]));
      metrics[`${name}_performance`] = of("performance");
      metrics[`${name}_accessibility`] = of("accessibility");
      metrics[`${name}_best_practices`] = of("bestPractices");
      metrics[`${name}_lcp_ms`] = of("lcp");
      bars[`${name}_performance`] = { op: ">=", bar: 95 };
      bars[`${name}_accessibility`] = { op: "==", bar: 100 };
    }
    return {
      rows: pages.length * rounds,
      metrics,
      bars,
      notes: [`medians of ${rounds} runs, desktop, simulated throttling`],
    };
  },
};
