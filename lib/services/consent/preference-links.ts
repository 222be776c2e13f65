import type { z } from "zod";
import { loadReachable, resolveContact } from "@/db/queries/consent/load-reachable";
import { findTopic } from "@/db/queries/consent/topics";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import type { PreferenceLinkRequest, PreferenceLinks } from "@/lib/domain/consent/shapes";
import { invalid, notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { addressesOf } from "./reachable";

/**
 * The two ways out that every message carries: the page where a person chooses, and the one click. The address in the
 * header takes a POST of the mail program without a cookie; the one in the text leads to a page with a button.
 */
export function preferenceLinks(
  tx: Pick<Tx, "ports" | "tenantId">,
  contactId: string,
  channel: Channel,
  topicId: string | null = null,
  /** The hash of the address that the message goes to: a way out works even where the contact is gone by then. */
  address: string | null = null,
): PreferenceLinks {
  const { links, publicUrl } = tx.ports;
  const link = { tenantId: tx.tenantId, contactId, channel, about: topicId, address, expiresAt: null };
  const wayOut = links.sign({ ...link, kind: "unsubscribe" });
  const own = links.sign({ ...link, kind: "preferences", about: null });
  const oneClick = `${publicUrl}/api/unsubscribe/${wayOut}`;
  return {
    preferencesUrl: `${publicUrl}/preferences/${own}`,
    unsubscribeUrl: `${publicUrl}/unsubscribe/${wayOut}`,
    listUnsubscribeHeaders: {
      "List-Unsubscribe": `<${oneClick}>`,
      // RFC 8058 promises one click for https only.
      ...(publicUrl.startsWith("https:") ? { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {}),
    },
  };
}

/** For whoever sends through another system and needs the links of one person. */
export async function makePreferenceLinks(
  ctx: Context,
  contactId: string,
  request: z.output<typeof PreferenceLinkRequest>,
): Promise<PreferenceLinks> {
  requireScope(ctx, "consent:write");
  return transaction(ctx, async (tx) => {
    const id = await resolveContact(tx.db, tx.tenantId, contactId);
    if (!id) throw notFound("contact");
    const { topicId, channel } = request;
    if (topicId && !(await findTopic(tx.db, tx.tenantId, topicId)))
      throw invalid("/topic_id", "There is no such topic.");
    const { people, accounts } = await loadReachable(tx.db, tx.tenantId, [id]);
    const person = people[0];
    const address = person ? (addressesOf(tx, { ...person, accounts })[channel]?.[0]?.hash ?? null) : null;
    // Who holds the link speaks as the person: that it was handed out is worth a line.
    await tx.audit({
      action: "preference_link.created",
      subject: { kind: "contact", id, name: "Contact" },
      after: { channel },
    });
    return preferenceLinks(tx, id, channel, topicId ?? null, address);
  });
}
