import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { segmentsPageSize, segmentsQuery } from "@/lib/client/segments";
import { SegmentList } from "@/lib/domain/segments/shapes";
import { pageMay } from "@/lib/http/page-session";
import { listSegments } from "@/lib/services/segments/list-segments";
import { inside } from "../../_parts/inside";
import { asFirstPage, Prefetched } from "../../_parts/prefetched";
import { readUrlState } from "../../_parts/url-words";
import { filterFrom } from "../_parts/filter";
import { Segments } from "../client";
import { searchParams as urlWords } from "../search-params";

export const metadata: Metadata = { title: "Segments" };

export default async function SegmentsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>;
}) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "segments:read")) return <NoEntry room="Segments" needs="segments:read" />;
  const given = await searchParams;
  const filter = filterFrom(readUrlState(urlWords, (name) => [given[name]].flat()[0]));
  const segments = await listSegments(ctx, { ...filter, limit: segmentsPageSize });
  return (
    <Prefetched entries={[[segmentsQuery(ctx.tenantId, filter).queryKey, asFirstPage(SegmentList, segments)]]}>
      <Segments />
    </Prefetched>
  );
}
