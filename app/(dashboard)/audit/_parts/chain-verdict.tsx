"use client";

import { Note } from "@/components/ui/note";
import type { AuditVerdict } from "@/lib/client/access";

type Check = { data: AuditVerdict | undefined; error: Error | null; isPending: boolean };

/** What the check of every seal found, said where one asked for it. */
export default function ChainVerdict({ check }: { check: Check }) {
  return (
    <div>
      {check.error && (
        <Note tone="waiting" className="mb-3">
          The chain could not be checked: {check.error.message} The log itself is not touched by this.
        </Note>
      )}
      {check.data?.verdict === "intact" && !check.isPending && (
        <Note tone="good" className="mb-3">
          <b>The chain is whole.</b> All {check.data.lines.toLocaleString("en")} lines are as they were written, and
          none is missing.
        </Note>
      )}
      {check.data?.verdict === "broken" && !check.isPending && (
        <Note tone="bad" className="mb-3">
          <b>The chain breaks at line {check.data.firstBroken?.toLocaleString("en")}.</b> Somebody changed or removed it
          past the product, straight in the database. Lines before it still prove what happened. Keep a copy of the
          database as it is, and compare it with your last backup.
        </Note>
      )}
    </div>
  );
}
