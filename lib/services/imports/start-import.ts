import { changeImport } from "@/db/queries/imports/imports";
import { importStarted } from "@/lib/domain/imports/events";
import type { Import } from "@/lib/domain/imports/shapes";
import { invalid } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { checkChoices, saysWho } from "./check-choices";
import { declareAttributes } from "./declare-attributes";
import { holdImport } from "./hold-import";
import { toImport } from "./to-import";
import { chosen } from "./update-import";

/** From here on it goes by itself: the event leaves with the commit that makes the import one that runs. */
export async function startImport(ctx: Context, id: string): Promise<Import> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    const row = await holdImport(tx, id, "start");
    const choices = chosen(row, {});
    // Attributes, lists and members may have gone since they were chosen.
    await checkChoices(tx, row.header ?? [], choices);
    if (!saysWho(choices.mapping))
      throw invalid("/mapping", "Say which column holds a name, an e-mail address, a phone number or an id.");
    if (choices.policy !== "create" && choices.options.match.length === 0)
      throw invalid("/options/match", "Say by what a known person is found.");
    await declareAttributes(tx, choices.options.newAttributes);
    const now = tx.now();
    const started = await changeImport(tx.db, tx.tenantId, id, "ready", { state: "running", startedAt: now }, now);
    if (!started) throw new Error("An import that was held has changed.");
    await tx.publish(importStarted, { importId: id });
    await tx.audit({
      action: "import.started",
      subject: { kind: "import", id, name: row.fileName },
      after: { rows: row.rows, policy: row.policy },
    });
    return toImport(started, now);
  });
}
