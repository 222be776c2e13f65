import { readFileSync } from "node:fs";
import { z } from "zod";
import { CannotRun } from "../measure";

/** The rows of a JSON-lines file, each checked; a line that is not as it should be is named, and nothing is measured. */
export function readRows<T extends z.ZodType>(input: string | null, shape: T): z.output<T>[] {
  const rows: z.output<T>[] = [];
  for (const [index, line] of readFileSync(input ?? "", "utf8")
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new CannotRun(`Line ${index + 1} is not JSON.`);
    }
    const row = shape.safeParse(value);
    if (!row.success) throw new CannotRun(`Line ${index + 1}: ${z.prettifyError(row.error)}`);
    rows.push(row.data);
  }
  if (rows.length === 0) throw new CannotRun("The file holds no rows.");
  return rows;
}
