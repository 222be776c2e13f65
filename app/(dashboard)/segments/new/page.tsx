import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { segmentFieldsQuery } from "@/lib/client/segments";
import { SegmentFields } from "@/lib/domain/segments/shapes";
import { pageMay } from "@/lib/http/page-session";
import { listFields } from "@/lib/services/segments/list-fields";
import { inside } from "../../_parts/inside";
import { asSent, Prefetched } from "../../_parts/prefetched";
import { NewSegment } from "./client";

export const metadata: Metadata = { title: "New segment" };

export default async function NewSegmentPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>;
}) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "segments:write")) return <NoEntry room="Segments" needs="segments:write" />;
  const { example } = await searchParams;
  const fields = await listFields(ctx);
  return (
    <Prefetched entries={[[segmentFieldsQuery(ctx.tenantId).queryKey, asSent(SegmentFields, fields)]]}>
      <NewSegment example={[example].flat()[0] ?? null} />
    </Prefetched>
  );
}
