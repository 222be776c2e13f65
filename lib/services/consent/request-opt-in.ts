import { findWorkspace } from "@/db/queries/access/workspaces";
import { loadLedger } from "@/db/queries/consent/ledger";
import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import { stateKey } from "@/lib/domain/consent/state-of";
import { noTopic } from "@/lib/domain/consent/vocabulary";
import { AppError, invalid, notFound } from "@/lib/kernel/errors";
import { addMs, dayMs, minuteMs } from "@/lib/kernel/time";
import { sendLetter } from "../access/system-mail";
import type { Tx } from "../context";
import { recordConsents } from "./record-consents";
import { loadPerson } from "./suppress";

export const optInLifeMs = 7 * dayMs;
/** A letter may be lost or filtered: after so long it is sent once more. */
const askAgainMs = 10 * minuteMs;

/** Asks the person by letter; the ledger waits until they answer. A letter that was not sent asks nobody. */
export async function requestOptIn(
  tx: Tx,
  contactId: string,
  asked: { channel: Channel; purpose: Purpose; topicId?: string | null; sourceDetail?: string; textVersion?: string },
): Promise<void> {
  if (asked.channel !== "email") throw invalid("/channel", "Only an e-mail address can be confirmed by a letter.");
  const person = await loadPerson(tx, contactId);
  const { email } = person;
  if (email === null) throw invalid("/channel", "This person has no e-mail address to send the question to.");
  const { channel, purpose, topicId, sourceDetail, textVersion } = asked;
  // Two clicks are one question, and nobody's mail box is filled with questions.
  const ledger = await loadLedger(tx.db, tx.tenantId, [contactId]);
  const last = ledger.findLast(
    (line) =>
      line.state === "pending" && stateKey(line) === stateKey({ channel, purpose, topicId: topicId ?? noTopic }),
  );
  if (last && tx.now().getTime() - last.at.getTime() < askAgainMs) return;
  const line = { contactId, channel, purpose, topicId, sourceDetail, textVersion, state: "pending" as const };
  const [outcome] = await recordConsents(tx, [{ ...line, basis: "express" }]);
  if (outcome?.kind === "refused") throw new AppError("conflict", outcome.says, { reason: outcome.because });
  if (outcome?.kind !== "recorded") return;
  const workspace = await findWorkspace(tx.db, tx.tenantId);
  if (!workspace) throw notFound("workspace");
  const token = tx.ports.links.sign({
    ...{ kind: "confirm", tenantId: tx.tenantId, contactId, channel, about: outcome.id },
    address: tx.ports.hashes.hash(tx.tenantId, "email", email),
    expiresAt: addMs(tx.now(), optInLifeMs),
  });
  await tx.audit({
    action: "consent.recorded",
    subject: { kind: "contact", id: contactId, name: "Contact" },
    after: { channel, purpose, state: "pending" },
  });
  const letter = {
    subject: `Please confirm: news from ${workspace.name}`,
    lines: [
      "Hello,",
      `${workspace.name} would like to write to you at this address. Nothing is sent until you say yes.`,
      "The link is good for seven days.",
    ],
    action: { label: "Yes, write to me", path: `/confirm/${token}` },
    footer: "If you did not ask for this, ignore the letter: without the link nothing happens.",
  };
  tx.afterCommit(async () => void (await sendLetter(tx, email, letter, `opt-in:${outcome.id}`)));
}
