import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { duplicatesQuery, pairsShown } from "@/lib/client/contacts";
import { DuplicateList } from "@/lib/domain/contacts/merge-shapes";
import { pageMay } from "@/lib/http/page-session";
import { listDuplicates } from "@/lib/services/contacts/list-duplicates";
import { inside } from "../../_parts/inside";
import { asSent, Prefetched } from "../../_parts/prefetched";
import { Duplicates } from "./client";

export const metadata: Metadata = { title: "Duplicates" };

export default async function DuplicatesPage() {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:bulk")) return <NoEntry room="Duplicates" needs="contacts:bulk" />;
  const pairs = await listDuplicates(ctx, { limit: pairsShown });
  return (
    <Prefetched entries={[[duplicatesQuery(ctx.tenantId).queryKey, asSent(DuplicateList, pairs)]]}>
      <Duplicates />
    </Prefetched>
  );
}
