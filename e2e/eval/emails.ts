import { z } from "zod";
import { judgeEmail } from "@/lib/domain/contacts/email";
import { type Bar, CannotRun, type Context, type Member } from "../measure";
import { readRows } from "./rows";

const Row = z.object({ id: z.string(), address: z.string(), category: z.string().startsWith("ISEMAIL_") });

/** What the data says must be taken and must not; every other category is our policy, and only told. */
const mustAccept = new Set(["ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN"]);
const mustReject = new Set(["ISEMAIL_ERR"]);

type Count = { accepted: number; rejected: number };

/** Every address judged by the decision that contacts, imports and the preference centre take. */
export const emails: Member = {
  name: "emails",
  about: "e-mail addresses that are and are not taken",
  defaultInput: "e2e/eval/emails.jsonl",
  async run({ input }: Context) {
    const rows = readRows(input, Row);
    const accept: Count = { accepted: 0, rejected: 0 };
    const reject: Count = { accepted: 0, rejected: 0 };
    const policy = new Map<string, Count>();
    const notes: string[] = [];
    for (const { id, address, category } of rows) {
      const reading = judgeEmail(address);
      const said = reading.kind === "ok" ? "accepted" : "rejected";
      const because = reading.kind === "no" ? ` (${reading.because})` : "";
      const count = countOf(category);
      count[said] += 1;
      const isWrong = (count === accept && said === "rejected") || (count === reject && said === "accepted");
      if (isWrong) notes.push(`${id}: ${JSON.stringify(address)} (${category}) was ${said}${because}`);
    }

    const metrics: Record<string, number> = {};
    const bars: Record<string, Bar> = {};
    // A share of no rows is no figure: a file without such rows has no bar for them.
    judge("must_accept_right", accept.accepted, accept);
    judge("must_reject_right", reject.rejected, reject);
    if (Object.keys(bars).length === 0) throw new CannotRun("No row says that it must be accepted or rejected.");
    for (const [category, { accepted, rejected }] of [...policy].sort()) {
      const name = category.replace("ISEMAIL_", "policy_").toLowerCase();
      metrics[`${name}_accepted`] = accepted;
      metrics[`${name}_rejected`] = rejected;
    }
    return { rows: rows.length, metrics, bars, notes };

    function countOf(category: string): Count {
      if (mustAccept.has(category)) return accept;
      if (mustReject.has(category)) return reject;
      const count = policy.get(category) ?? { accepted: 0, rejected: 0 };
      policy.set(category, count);
      return count;
    }

    function judge(metric: string, right: number, { accepted, rejected }: Count) {
      if (accepted + rejected === 0) return;
      metrics[metric] = right / (accepted + rejected);
      bars[metric] = { op: "==", bar: 1 };
    }
  },
};
