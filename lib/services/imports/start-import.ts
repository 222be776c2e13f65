import { changeImport } from "@/db/queries/imports/imports";
import { neverAsserted } from "@/lib/domain/consent/policy";
import { importStarted } from "@/lib/domain/imports/events";
import type { Import } from "@/lib/domain/imports/shapes";
import { invalid } from "@/lib/kernel/errors";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { type Choices, checkChoices, saysWho } from "./check-choices";
import { declareAttributes } from "./declare-attributes";
import { holdImport } from "./hold-import";
import { toImport } from "./to-import";
import { chosen } from "./update-import";

/** To import is one right and to say what people agreed to another; and what no program may vouch for, a file of it may not. */
function refuseAssertions(tx: Tx, { mapping, options }: Choices): void {
  const said: { channel: string; pointer: string }[] = mapping.flatMap(({ target }, at) =>
    target?.startsWith("consent_")
      ? [{ channel: target.slice("consent_".length), pointer: `/mapping/${at}/target` }]
      : [],
  );
  for (const [at, channel] of (options.consent?.channels ?? []).entries())
    said.push({ channel, pointer: `/options/consent/channels/${at}` });
  if (said.length === 0) return;
  requireScope(tx, "consent:write");
  const vouched = said.find(({ channel }) => (neverAsserted as readonly string[]).includes(channel));
  if (tx.actor.kind === "key" && vouched)
    throw invalid(vouched.pointer, "On SMS and WhatsApp a program cannot vouch for a person's consent.");
}

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
    refuseAssertions(tx, choices);
    // A file does nothing that its starter may not do by hand.
    if (choices.options.newAttributes.length > 0) requireScope(tx, "contacts:configure");
    if (choices.options.segmentId) requireScope(tx, "segments:write");
    await declareAttributes(tx, choices.options.newAttributes);
    const now = tx.now();
    const started = await changeImport(
      tx.db,
      tx.tenantId,
      id,
      "ready",
      {
        ...({ state: "running", startedAt: now } as const),
        ...{ isVouchedFor: tx.actor.kind === "person", startedByName: tx.actor.name },
      },
      now,
    );
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
