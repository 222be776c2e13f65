import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { pageSize } from "@/lib/client/access";
import { exportsQuery, importsQuery } from "@/lib/client/imports";
import { ExportList, ImportList } from "@/lib/domain/imports/shapes";
import { pageMay } from "@/lib/http/page-session";
import { listExports } from "@/lib/services/imports/list-exports";
import { listImports } from "@/lib/services/imports/list-imports";
import { inside } from "../../_parts/inside";
import { asFirstPage, Prefetched } from "../../_parts/prefetched";
import { Imports } from "./client";

export const metadata: Metadata = { title: "Imports and exports" };

export default async function ImportsPage() {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:bulk")) return <NoEntry room="Imports" needs="contacts:bulk" />;
  const [imports, exports] = await Promise.all([
    listImports(ctx, { limit: pageSize }),
    listExports(ctx, { limit: pageSize }),
  ]);
  return (
    <Prefetched
      entries={[
        [importsQuery(ctx.tenantId).queryKey, asFirstPage(ImportList, imports)],
        [exportsQuery(ctx.tenantId).queryKey, asFirstPage(ExportList, exports)],
      ]}
    >
      <Imports />
    </Prefetched>
  );
}
