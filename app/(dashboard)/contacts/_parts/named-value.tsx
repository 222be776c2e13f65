"use client";

import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { useOwners } from "@/components/contacts/use-owners";
import { companiesQuery, segmentNamesQuery } from "@/lib/client/contacts";

type Kind = "owner" | "segment" | "company";

/** The name behind an id of the address; "one segment" where it is not among the first two hundred. */
export default function NamedValue({ kind, id }: { kind: Kind; id: string }) {
  const { tenantUuid } = useSignedIn();
  const owners = useOwners(kind === "owner");
  const segments = useQuery({ ...segmentNamesQuery(tenantUuid), enabled: kind === "segment" });
  const companies = useQuery({ ...companiesQuery(tenantUuid), enabled: kind === "company" });
  const known = { owner: owners, segment: segments.data?.items, company: companies.data?.items }[kind];
  return <bdi>{known?.find((each) => each.id === id)?.name ?? `one ${kind}`}</bdi>;
}
