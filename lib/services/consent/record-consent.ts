import { findConsentLine } from "@/db/queries/consent/ledger";
import { resolveContact } from "@/db/queries/consent/load-reachable";
import { findTopic } from "@/db/queries/consent/topics";
import type { MayContactAnswer, RecordConsentRequest } from "@/lib/domain/consent/shapes";
import { AppError, invalid, notFound } from "@/lib/kernel/errors";
import { tellContactsChanged } from "../contacts/tell-contacts-changed";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { describeReach } from "./may-contact";
import { recordConsents } from "./record-consents";
import { requestOptIn } from "./request-opt-in";

/** Notes what a person said. Answers how things stand after it on that channel. */
export async function recordConsent(
  ctx: Context,
  contactId: string,
  request: RecordConsentRequest,
): Promise<MayContactAnswer> {
  requireScope(ctx, "consent:write");
  return transaction(ctx, async (tx) => {
    const id = await resolveContact(tx.db, tx.tenantId, contactId);
    if (!id) throw notFound("contact");
    await judgeRequest(tx, request);
    if (request.state === "pending") await requestOptIn(tx, id, request);
    else await appendLine(tx, id, request);
    await tellContactsChanged(tx, [id]);
    const { channel, purpose } = request;
    return describeReach(tx, id, { channel, purpose, ...(request.topicId ? { topic: request.topicId } : {}) });
  });
}

async function judgeRequest(tx: Tx, { topicId, basis, state, expiresAt, at }: RecordConsentRequest): Promise<void> {
  if (topicId && !(await findTopic(tx.db, tx.tenantId, topicId))) throw invalid("/topic_id", "There is no such topic.");
  if (at && at > tx.now()) throw invalid("/at", "Nobody can have agreed in the future.");
  if (state === "granted" && basis === "implied" && !expiresAt) {
    const says = "This ground ends: say when. Two years after a purchase, six months after a question.";
    throw invalid("/expires_at", says);
  }
}

async function appendLine(tx: Tx, contactId: string, request: RecordConsentRequest): Promise<void> {
  const { channel, purpose, topicId, state, basis, sourceDetail, textVersion, at, expiresAt } = request;
  const line = { contactId, channel, purpose, topicId, state, basis, sourceDetail, textVersion, at, expiresAt };
  const [outcome] = await recordConsents(tx, [line]);
  if (outcome?.kind === "refused") throw new AppError("conflict", outcome.says, { reason: outcome.because });
  if (outcome?.kind !== "recorded") return;
  const written = await findConsentLine(tx.db, tx.tenantId, outcome.id);
  await tx.audit({
    action: "consent.recorded",
    subject: { kind: "contact", id: contactId, name: "Contact" },
    after: { channel, purpose, state, basis: written?.basis, topicId: topicId ?? null },
  });
}
