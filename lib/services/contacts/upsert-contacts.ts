import type { z } from "zod";
import { type CleanProfile, judgeProfile } from "@/lib/domain/contacts/profile";
import type { BulkUpsertAnswer, BulkUpsertRequest, UpsertOutcome } from "@/lib/domain/contacts/shapes";
import { type Context, requireScope, transaction } from "../context";
import { loadProfileFacts } from "./profile-facts";
import { tellContactsChanged } from "./tell-contacts-changed";
import { writeContacts } from "./write-contacts";

/**
 * Makes or changes up to 1,000 contacts. Each is known by its external id, else by its e-mail address, else by its phone.
 * A row at fault says why and stops no other.
 */
export async function upsertContacts(
  ctx: Context,
  request: z.output<typeof BulkUpsertRequest>,
): Promise<z.output<typeof BulkUpsertAnswer>> {
  requireScope(ctx, "contacts:write");
  return transaction(ctx, async (tx) => {
    const facts = await loadProfileFacts(tx);
    const items: UpsertOutcome[] = [];
    const good: { index: number; profile: CleanProfile }[] = [];
    for (const [index, input] of request.contacts.entries()) {
      const judged = judgeProfile(input, facts);
      if (judged.kind === "ok") good.push({ index, profile: judged.profile });
      else
        items[index] = {
          index,
          outcome: "failed",
          id: null,
          externalId: input.externalId ?? null,
          faults: judged.faults,
        };
    }
    const outcomes = await writeContacts(tx, good, {
      policy: "update",
      match: ["external_id", "email", "phone"],
      at: tx.now(),
    });
    for (const [place, { kind, id, faults }] of outcomes.entries()) {
      const row = good[place];
      if (!row) continue;
      const outcome = kind === "skipped" ? "unchanged" : kind;
      items[row.index] = { index: row.index, outcome, id, externalId: row.profile.externalId ?? null, faults };
    }
    const counts = countOutcomes(items);
    const changed = items.flatMap(({ outcome, id }) =>
      id && (outcome === "created" || outcome === "updated") ? [id] : [],
    );
    if (changed.length > 0) {
      await tellContactsChanged(tx, [...new Set(changed)]);
      const name = counts.created + counts.updated === 1 ? "1 contact" : `${counts.created + counts.updated} contacts`;
      await tx.audit({ action: "contacts.upserted", subject: { kind: "contact", id: null, name }, after: counts });
    }
    return { ...counts, items };
  });
}

function countOutcomes(items: readonly UpsertOutcome[]) {
  const count = (outcome: UpsertOutcome["outcome"]) => items.filter((item) => item.outcome === outcome).length;
  return {
    created: count("created"),
    updated: count("updated"),
    unchanged: count("unchanged"),
    failed: count("failed"),
  };
}
