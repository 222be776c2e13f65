import { z } from "zod";
import { readPhone } from "@/lib/providers/phone-numbers";
import type { Context, Member } from "../measure";
import { readRows } from "./rows";

const Row = z.object({ id: z.string(), country: z.string(), national: z.string(), e164: z.string() });

/** Every number, written as at home, read with its country: it must come out as the row says. */
export const phones: Member = {
  name: "phones",
  about: "phone numbers read into E.164",
  defaultInput: "e2e/eval/phones.jsonl",
  async run({ input }: Context) {
    const rows = readRows(input, Row);
    const notes: string[] = [];
    for (const { id, country, national, e164 } of rows) {
      const reading = readPhone(national, country);
      const said = reading.kind === "ok" ? reading.e164 : `refused (${reading.because})`;
      if (said !== e164) notes.push(`${id}: ${JSON.stringify(national)} of ${country} is ${e164}, was ${said}`);
    }
    return {
      rows: rows.length,
      metrics: { right: (rows.length - notes.length) / rows.length },
      bars: { right: { op: "==", bar: 1 } },
      notes,
    };
  },
};
