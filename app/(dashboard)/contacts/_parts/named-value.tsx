"use client";

import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { useOwners } from "@/components/contacts/use-owners";
import { companyQuery } from "@/lib/client/contacts";
import { segmentQuery } from "@/lib/client/segments";

type Kind = "owner" | "segment" | "company";

/** The name behind an id of the address; "one segment" until it is known, and where it is gone. */
export default function NamedValue({ kind, id }: { kind: Kind; id: string }) {
  const { tenantUuid } = useSignedIn();
  const owners = useOwners(kind === "owner");
  const segment = useQuery({ ...segmentQuery(tenantUuid, id), enabled: kind === "segment" });
  const company = useQuery({ ...companyQuery(tenantUuid, id), enabled: kind === "company" });
  const name = { owner: owners.find((owner) => owner.id === id), segment: segment.data, company: company.data }[kind]
    ?.name;
  return <bdi>{name ?? `one ${kind}`}</bdi>;
}
