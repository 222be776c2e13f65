import { readFileSync } from "node:fs";
import { z } from "zod";
import { planFetch } from "@/lib/providers/safe-fetch";
import { CannotRun, type Context, type Member } from "../measure";

const Row = z.object({
  url: z.string(),
  /** What the name resolves to. Missing where the address needs no name, or the name does not exist. */
  resolves_to: z.union([z.string(), z.array(z.string())]).nullish(),
  allow: z.boolean(),
});

/** Every address decided as the row says, by the decision that safeFetch itself makes; only the resolver is ours. */
export const safeFetch: Member = {
  name: "safe-fetch",
  about: "addresses that may and may not be fetched",
  defaultInput: "e2e/eval/safe-fetch.jsonl",
  async run({ input }: Context) {
    const lines = readFileSync(input ?? "", "utf8").split(/\r?\n/);
    let rows = 0;
    let right = 0;
    let letThrough = 0;
    let held = 0;
    const wrong: string[] = [];
    for (const [index, line] of lines.entries()) {
      if (line.trim() === "") continue;
      const { url, resolves_to, allow } = parseRow(line, index + 1);
      const addresses = resolves_to == null ? [] : [resolves_to].flat();
      const plan = await planFetch(url, { allow: [], resolve: async () => addresses });
      rows += 1;
      if ((plan.kind === "go") === allow) right += 1;
      else {
        if (allow) held += 1;
        else letThrough += 1;
        const said = plan.kind === "go" ? "let through" : `refused (${plan.because})`;
        wrong.push(`line ${index + 1}: ${JSON.stringify(url)} -> ${JSON.stringify(resolves_to ?? null)} was ${said}`);
      }
    }
    if (rows === 0) throw new CannotRun("The file holds no rows.");
    return {
      rows,
      metrics: { right: right / rows, wrongly_let_through: letThrough, wrongly_refused: held },
      bars: { right: { op: "==", bar: 1 }, wrongly_let_through: { op: "==", bar: 0 } },
      notes: wrong,
    };
  },
};

function parseRow(line: string, number: number) {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new CannotRun(`Line ${number} is not JSON.`);
  }
  const row = Row.safeParse(value);
  if (!row.success) throw new CannotRun(`Line ${number}: ${z.prettifyError(row.error)}`);
  return row.data;
}
