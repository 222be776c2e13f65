import { findWorkspace } from "@/db/queries/access/workspaces";
import { findConsentLine, loadLedger } from "@/db/queries/consent/ledger";
import { resolveContact } from "@/db/queries/consent/load-reachable";
import type { Link } from "@/lib/domain/consent/link-token";
import { tellContactsChanged } from "../contacts/tell-contacts-changed";
import { type Context, read, type Tx, transaction } from "../context";
import { holdPerson } from "./hold-person";
import { recordConsents } from "./record-consents";
import { loadPerson } from "./suppress";

export type OptIn =
  | { kind: "open"; workspace: string }
  | { kind: "confirmed"; workspace: string }
  | { kind: "too_old"; workspace: string }
  | { kind: "gone" };

/** What the page of the question shows; looking at it answers nothing. */
export async function findOptIn(ctx: Context, link: Link): Promise<OptIn> {
  return read(ctx, async (tx) => (await loadOptIn(tx, link)).optIn);
}

/** The person's yes: only to the line that asked, only once, and only while the question is fresh. */
export async function confirmOptIn(ctx: Context, link: Link): Promise<OptIn> {
  return transaction(ctx, async (tx) => {
    // Held before anything is read: a no, or a merge, that is on its way must not be passed over.
    if (!(await holdPerson(tx, link.contactId))) return { kind: "gone" };
    const { optIn, asked, contactId } = await loadOptIn(tx, link);
    if (optIn.kind !== "open" || !asked || !contactId) return optIn;
    const { channel, purpose, topicId, textVersion } = asked;
    const [outcome] = await recordConsents(tx, [
      {
        ...{ contactId, channel, purpose, topicId, textVersion, state: "granted", basis: "express", source: "person" },
        sourceDetail: confirmation(asked.id),
      },
    ]);
    if (outcome?.kind === "refused") return { kind: "gone" };
    await tx.audit({
      action: "consent.recorded",
      subject: { kind: "contact", id: contactId, name: "Contact" },
      after: { channel, purpose, state: "granted", source: "person" },
    });
    await tellContactsChanged(tx, [contactId]);
    return { kind: "confirmed", workspace: optIn.workspace };
  });
}

const confirmation = (lineId: string) => `Confirmed the letter of ${lineId}`;

async function loadOptIn(tx: Tx, link: Link) {
  const workspace = await findWorkspace(tx.db, tx.tenantId);
  const contactId = await resolveContact(tx.db, tx.tenantId, link.contactId);
  const asked = link.about ? await findConsentLine(tx.db, tx.tenantId, link.about) : null;
  const none = { asked: null, contactId: null };
  if (!workspace || !contactId || !asked || asked.contactId !== contactId || asked.state !== "pending") {
    return { optIn: { kind: "gone" } as OptIn, ...none };
  }
  // Whoever reads letters at an address speaks for that address; the person may have another one by now.
  const { email } = await loadPerson(tx, contactId);
  if (!email || link.address !== tx.ports.hashes.hash(tx.tenantId, "email", email))
    return { optIn: { kind: "gone" } as OptIn, ...none };
  const later = await listLinesAfter(tx, contactId, asked);
  // A second click after a yes is still a yes; a no that came since is not undone by an old letter.
  if (later.some((line) => line.state === "denied")) return { optIn: { kind: "gone" } as OptIn, ...none };
  const { name } = workspace;
  if (later.some((line) => line.state === "granted"))
    return { optIn: { kind: "confirmed", workspace: name } as OptIn, ...none };
  if (link.expiresAt && link.expiresAt <= tx.now())
    return { optIn: { kind: "too_old", workspace: name } as OptIn, ...none };
  return { optIn: { kind: "open", workspace: name } as OptIn, asked, contactId };
}

async function listLinesAfter(
  tx: Tx,
  contactId: string,
  asked: { seq: number; channel: string; purpose: string; topicId: string },
) {
  const ledger = await loadLedger(tx.db, tx.tenantId, [contactId]);
  return ledger.filter(
    (line) =>
      line.seq > asked.seq &&
      line.channel === asked.channel &&
      line.purpose === asked.purpose &&
      line.topicId === asked.topicId,
  );
}
