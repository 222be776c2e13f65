import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoEntry } from "@/components/access/no-entry";
import { importQuery } from "@/lib/client/imports";
import { Import } from "@/lib/domain/imports/shapes";
import { pageMay } from "@/lib/http/page-session";
import { AppError } from "@/lib/kernel/errors";
import { fromWireId } from "@/lib/kernel/ids";
import { findImport } from "@/lib/services/imports/find-import";
import { inside } from "../../../_parts/inside";
import { asSent, Prefetched } from "../../../_parts/prefetched";
import { ImportView } from "./client";

export const metadata: Metadata = { title: "Import" };

export default async function OneImportPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:bulk")) return <NoEntry room="Imports" needs="contacts:bulk" />;
  const { id: given } = await params;
  const id = fromWireId("import", given);
  if (!id) notFound();
  const found = await findImport(ctx, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Prefetched entries={[[importQuery(ctx.tenantId, given).queryKey, asSent(Import, found)]]}>
      <ImportView id={given} />
    </Prefetched>
  );
}
