import type { Metadata, Route } from "next";
import { notFound, redirect } from "next/navigation";
import { NoEntry } from "@/components/access/no-entry";
import {
  activityQuery,
  attributesQuery,
  contactQuery,
  namedShown,
  scoreStoryQuery,
  segmentsOfQuery,
  segmentsShown,
} from "@/lib/client/contacts";
import { ContactActivity } from "@/lib/domain/contacts/activity-shapes";
import { ScoreStory } from "@/lib/domain/contacts/score-shapes";
import { AttributeList, Contact } from "@/lib/domain/contacts/shapes";
import { SegmentList } from "@/lib/domain/segments/shapes";
import { pageMay } from "@/lib/http/page-session";
import { AppError } from "@/lib/kernel/errors";
import { fromWireId, toWireId } from "@/lib/kernel/ids";
import { listAttributes } from "@/lib/services/contacts/attributes";
import { findActivity } from "@/lib/services/contacts/find-activity";
import { findContact } from "@/lib/services/contacts/find-contact";
import { findScore } from "@/lib/services/contacts/find-score";
import { listSegments } from "@/lib/services/segments/list-segments";
import { inside } from "../../_parts/inside";
import { asSent, Prefetched } from "../../_parts/prefetched";
import { ContactView } from "./client";

// The title of the tab stays free of the person's name: histories and shared screens show it.
export const metadata: Metadata = { title: "Contact" };

export default async function ContactPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:read")) return <NoEntry room="Contacts" needs="contacts:read" />;
  const { id: given } = await params;
  const id = fromWireId("contact", given);
  if (!id) notFound();
  const contact = await findContact(ctx, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  // Merged away: the address of old leads to the one that stayed.
  if (contact.id !== id) redirect(`/contacts/${toWireId("contact", contact.id)}` as Route);
  const [sent, tenant] = [toWireId("contact", id), ctx.tenantId];
  const [attributes, activity, score, segments] = await Promise.all([
    listAttributes(ctx, { limit: namedShown }),
    findActivity(ctx, id),
    findScore(ctx, id),
    pageMay(ctx, "segments:read") ? listSegments(ctx, { contact: id, limit: segmentsShown }) : null,
  ]);
  return (
    <Prefetched
      entries={[
        [contactQuery(tenant, sent).queryKey, asSent(Contact, contact)],
        [attributesQuery(tenant).queryKey, asSent(AttributeList, attributes)],
        [activityQuery(tenant, sent).queryKey, asSent(ContactActivity, activity)],
        [scoreStoryQuery(tenant, sent).queryKey, asSent(ScoreStory, score)],
        ...(segments ? [[segmentsOfQuery(tenant, sent).queryKey, asSent(SegmentList, segments)] as const] : []),
      ]}
    >
      <ContactView id={sent} />
    </Prefetched>
  );
}
