import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoEntry } from "@/components/access/no-entry";
import { runQuery } from "@/lib/client/engine";
import { RunDetail } from "@/lib/domain/engine/shapes";
import { pageMay } from "@/lib/http/page-session";
import { AppError } from "@/lib/kernel/errors";
import { fromWireId } from "@/lib/kernel/ids";
import { findRun } from "@/lib/services/engine/find-run";
import { inside } from "../../_parts/inside";
import { asSent, Prefetched } from "../../_parts/prefetched";
import { RunView } from "./client";

export const metadata: Metadata = { title: "Run" };

export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "runs:read")) return <NoEntry room="Runs" needs="runs:read" />;
  const { id: given } = await params;
  const id = fromWireId("run", given);
  if (!id) notFound();
  const run = await findRun(ctx, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Prefetched entries={[[runQuery(ctx.tenantId, given).queryKey, asSent(RunDetail, run)]]}>
      <RunView id={given} />
    </Prefetched>
  );
}
