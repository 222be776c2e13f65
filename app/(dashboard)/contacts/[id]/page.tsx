import type { Metadata, Route } from "next";
import { notFound, redirect } from "next/navigation";
import { NoEntry } from "@/components/access/no-entry";
import { contactQuery } from "@/lib/client/contacts";
import { Contact } from "@/lib/domain/contacts/shapes";
import { pageMay } from "@/lib/http/page-session";
import { AppError } from "@/lib/kernel/errors";
import { fromWireId, toWireId } from "@/lib/kernel/ids";
import { findContact } from "@/lib/services/contacts/find-contact";
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
  const sent = toWireId("contact", id);
  return (
    <Prefetched entries={[[contactQuery(ctx.tenantId, sent).queryKey, asSent(Contact, contact)]]}>
      <ContactView id={sent} />
    </Prefetched>
  );
}
