import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoEntry } from "@/components/access/no-entry";
import { segmentQuery } from "@/lib/client/segments";
import { Segment } from "@/lib/domain/segments/shapes";
import { pageMay } from "@/lib/http/page-session";
import { AppError } from "@/lib/kernel/errors";
import { fromWireId } from "@/lib/kernel/ids";
import { findSegment } from "@/lib/services/segments/find-segment";
import { inside } from "../../_parts/inside";
import { asSent, Prefetched } from "../../_parts/prefetched";
import { SegmentView } from "./client";

export const metadata: Metadata = { title: "Segment" };

export default async function SegmentPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "segments:read")) return <NoEntry room="Segments" needs="segments:read" />;
  const { id: given } = await params;
  const id = fromWireId("segment", given);
  if (!id) notFound();
  const segment = await findSegment(ctx, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Prefetched entries={[[segmentQuery(ctx.tenantId, given).queryKey, asSent(Segment, segment)]]}>
      <SegmentView id={given} />
    </Prefetched>
  );
}
