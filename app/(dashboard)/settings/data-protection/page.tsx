import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { pageSize } from "@/lib/client/access";
import { dataRequestsQuery, erasuresQuery, processingQuery, retentionQuery } from "@/lib/client/privacy";
import { DataRequestList, ErasureList, ProcessingRecord, Retention } from "@/lib/domain/privacy/shapes";
import { pageMay } from "@/lib/http/page-session";
import { listDataRequests } from "@/lib/services/privacy/data-requests";
import { listErasures } from "@/lib/services/privacy/list-erasures";
import { describeProcessing } from "@/lib/services/privacy/processing-record";
import { findRetention } from "@/lib/services/privacy/retention";
import { inside } from "../../_parts/inside";
import { asFirstPage, asSent, Prefetched } from "../../_parts/prefetched";
import { DataProtection } from "./client";

export const metadata: Metadata = { title: "Data protection" };

export default async function DataProtectionPage() {
  const { ctx } = await inside();
  if (!pageMay(ctx, "privacy:read")) return <NoEntry room="Data protection" needs="privacy:read" />;
  const tenant = ctx.tenantId;
  const [requests, erasures, retention, processing] = await Promise.all([
    listDataRequests(ctx, { limit: pageSize }),
    listErasures(ctx, { limit: pageSize }),
    findRetention(ctx),
    describeProcessing(ctx),
  ]);
  return (
    <Prefetched
      entries={[
        [dataRequestsQuery(tenant).queryKey, asFirstPage(DataRequestList, requests)],
        [erasuresQuery(tenant).queryKey, asFirstPage(ErasureList, erasures)],
        [retentionQuery(tenant).queryKey, asSent(Retention, retention)],
        [processingQuery(tenant).queryKey, asSent(ProcessingRecord, processing)],
      ]}
    >
      <DataProtection />
    </Prefetched>
  );
}
