import { z } from "zod";
import { loadConsentStates } from "@/db/queries/consent/ledger";
import { loadReachable } from "@/db/queries/consent/load-reachable";
import { channels, purposes } from "@/lib/domain/channels/vocabulary";
import { neverAsserted } from "@/lib/domain/consent/policy";
import { type ConsentBasis, type ConsentState, consentSources, noTopic } from "@/lib/domain/consent/vocabulary";
import { invalid } from "@/lib/kernel/errors";
import type { BulkHandler } from "../contacts/person-data";
import { requireScope } from "../context";
import { type ConsentInput, recordConsents, sourceOf } from "./record-consents";

const asked = {
  channel: z.enum(channels),
  purpose: z.enum(purposes).default("marketing"),
  state: z.enum(["granted", "denied"]),
  source: z.string().trim().max(200).optional(),
};
const Asked = z.strictObject(asked);
/** With who says it: many of them are noted later, by a job that may vouch for nobody. */
const Detail = z.object({
  ...asked,
  saidBy: z.enum(consentSources).default("system"),
  saidByName: z.string().optional(),
});

type Before = {
  lineId: string;
  state: ConsentState | null;
  /** On what the earlier yes rested, and until when: taken back, it is neither more nor longer than it was. */
  basis?: ConsentBasis | null;
  expiresAt?: string | null;
};

/**
 * Notes for many what they said. People who said no themselves stay as they are, whoever asks. Taking it back corrects our
 * own line, and only where nothing was said since.
 */
export const consentBulkAct: BulkHandler = {
  act: "consent",
  needs: "consent:write",
  async check(tx, detail) {
    // Changing many contacts is one permission, noting what they agreed to another.
    requireScope(tx, "consent:write");
    const parsed = Asked.safeParse(detail);
    if (parsed.success) {
      const { channel, purpose, state } = parsed.data;
      const saidBy = sourceOf(tx.actor);
      if (saidBy === "key" && state === "granted" && purpose === "marketing" && neverAsserted.includes(channel))
        throw invalid("/detail/channel", "On SMS and WhatsApp a program cannot vouch for a person's consent.");
      return { ...parsed.data, saidBy, saidByName: tx.actor.name };
    }
    const field = String(parsed.error.issues[0]?.path[0] ?? "");
    throw invalid(`/detail/${field}`, parsed.error.issues[0]?.message ?? "This is not a consent.");
  },
  async apply(tx, contactIds, given) {
    const detail = Detail.parse(given);
    const { said } = await loadReachable(tx.db, tx.tenantId, contactIds);
    const before = new Map(
      said
        .filter((row) => row.channel === detail.channel && row.purpose === detail.purpose && row.topicId === noTopic)
        .map((row) => [row.contactId, row] as const),
    );
    const { channel, purpose, state, source, saidBy, saidByName } = detail;
    const outcomes = await recordConsents(
      tx,
      contactIds.map(
        (contactId): ConsentInput => ({
          ...{ contactId, channel, purpose, state, sourceDetail: source ?? "Bulk change" },
          ...{ source: saidBy, ...(saidByName ? { actorName: saidByName } : {}) },
        }),
      ),
    );
    return outcomes.flatMap((outcome, index) => {
      const contactId = contactIds[index];
      if (outcome.kind !== "recorded" || contactId === undefined) return [];
      const { state = null, basis = null, expiresAt = null } = before.get(contactId) ?? {};
      return [{ contactId, before: { lineId: outcome.id, state, basis, expiresAt } }];
    });
  },
  async undo(tx, rows, given) {
    const { channel, purpose } = Detail.parse(given);
    const states = await loadConsentStates(
      tx.db,
      tx.tenantId,
      rows.map((row) => row.contactId),
    );
    const lines = rows.flatMap((row): ConsentInput[] => {
      const { lineId, state, basis, expiresAt } = row.before as Before;
      const current = states.find((each) => each.contactId === row.contactId && each.lineId === lineId);
      if (!current) return [];
      const line = {
        contactId: row.contactId,
        channel,
        purpose,
        corrects: lineId,
        sourceDetail: "Bulk change taken back",
      };
      // Nobody had said anything before. A ledger forgets nothing, so what stands for silence is a yes that has ended:
      // it allows nothing, and it is no refusal either.
      if (state === null) return [{ ...line, state: "granted", expiresAt: tx.now() }];
      const until = expiresAt ? new Date(expiresAt) : null;
      if (state === current.state && until?.getTime() === current.expiresAt?.getTime()) return [];
      return [{ ...line, state, basis, expiresAt: until }];
    });
    const outcomes = await recordConsents(tx, lines);
    return outcomes.filter((outcome) => outcome.kind === "recorded").length;
  },
};
