import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { contactsQuery, pageSize } from "@/lib/client/contacts";
import { ContactList, ContactQuery } from "@/lib/domain/contacts/shapes";
import { pageMay } from "@/lib/http/page-session";
import { listContacts } from "@/lib/services/contacts/list-contacts";
import { inside } from "../../_parts/inside";
import { asFirstPage, Prefetched } from "../../_parts/prefetched";
import { readUrlState } from "../../_parts/url-words";
import { Contacts } from "../client";
import { filterFrom, searchParams as urlWords } from "../search-params";

export const metadata: Metadata = { title: "Contacts" };

export default async function ContactsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>;
}) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:read")) return <NoEntry room="Contacts" needs="contacts:read" />;
  const given = await searchParams;
  const wanted = readUrlState(urlWords, (name) => [given[name]].flat()[0]);
  const [filter, sort] = [filterFrom(wanted), wanted.sort ?? "newest"];
  const query = ContactQuery.safeParse({ ...filter, sort, limit: pageSize });
  // An id in the address that is none: the browser asks the API, and shows its refusal.
  if (!query.success) return <Contacts />;
  const contacts = await listContacts(ctx, query.data);
  return (
    <Prefetched entries={[[contactsQuery(ctx.tenantId, filter, sort).queryKey, asFirstPage(ContactList, contacts)]]}>
      <Contacts />
    </Prefetched>
  );
}
