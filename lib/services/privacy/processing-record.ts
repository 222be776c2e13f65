import { listRetentionRules } from "@/db/queries/privacy/retention";
import { retentionOf } from "@/lib/domain/privacy/retention";
import type { ProcessingRecord } from "@/lib/domain/privacy/shapes";
import type { DataClass } from "@/lib/domain/privacy/vocabulary";
import { type Context, read, requireScope } from "../context";
import { personTables } from "../registry";

/** Tables whose rows go after a time, whatever becomes of the contact. */
const classOf: Record<string, DataClass> = {
  import_problems: "import_files",
  exports: "exports",
  score_changes: "score_history",
  segment_members: "segment_history",
  change_rows: "change_snapshots",
  merges: "change_snapshots",
};

const purposes: Record<string, string> = {
  consents: "To prove what was agreed to",
  consent_states: "To ask before every message",
  suppressions: "To never write to who does not want it",
  data_requests: "To answer people in time",
};

/** What is kept of people, why, how long and who else sees it: made from the same list that erases and exports them. */
export async function describeProcessing(ctx: Context): Promise<ProcessingRecord> {
  requireScope(ctx, "privacy:read");
  const rules = retentionOf(await read(ctx, (tx) => listRetentionRules(tx.db, tx.tenantId)));
  const { kind } = ctx.ports.mailer;
  const receivers = { smtp: "The mail server of this installation", resend: "Resend, for letters", box: "Nobody" }[
    kind
  ];
  return {
    items: personTables().map(({ table, holds, erase, export: handOut }) => {
      const days = rules.find((rule) => rule.dataClass === classOf[table])?.days;
      return {
        table,
        holds,
        purpose: purposes[table] ?? "To know whom one talks to, and to talk to them well",
        keptFor: days
          ? `${days} days`
          : table === "suppressions"
            ? "Until it is lifted; it outlives the person as a hash"
            : "As long as the contact is kept",
        receivers: table === "contacts" ? receivers : "Nobody",
        isErased: erase === "cascade" || table !== "suppressions",
        isExported: typeof handOut === "function",
      };
    }),
  };
}
