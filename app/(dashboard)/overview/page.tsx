import type { Metadata } from "next";
import { keysQuery, latestAuditQuery, membersQuery, needsYouQuery, pageSize } from "@/lib/client/access";
import { ApiKeyList, AuditList, MemberList, NeedsYou } from "@/lib/domain/access/shapes";
import { publicUrl } from "@/lib/env";
import { pageMay } from "@/lib/http/page-session";
import { listAudit } from "@/lib/services/access/list-audit";
import { listKeys } from "@/lib/services/access/list-keys";
import { listMembers } from "@/lib/services/access/list-members";
import { loadNeedsYou } from "@/lib/services/access/load-needs-you";
import { inside } from "../_parts/inside";
import { asFirstPage, asSent, Prefetched } from "../_parts/prefetched";
import { Overview } from "./client";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const { ctx } = await inside();
  const tenant = ctx.tenantId;
  const [needs, members, keys, latest] = await Promise.all([
    loadNeedsYou(ctx),
    listMembers(ctx, { limit: pageSize }),
    pageMay(ctx, "keys:read") ? listKeys(ctx, { limit: pageSize }) : null,
    pageMay(ctx, "audit:read") ? listAudit(ctx, { limit: 5 }) : null,
  ]);
  return (
    <Prefetched
      entries={[
        [needsYouQuery(tenant).queryKey, asSent(NeedsYou, needs)],
        [membersQuery(tenant).queryKey, asFirstPage(MemberList, members)],
        ...(keys ? [[keysQuery(tenant).queryKey, asFirstPage(ApiKeyList, keys)] as const] : []),
        ...(latest ? [[latestAuditQuery(tenant).queryKey, asSent(AuditList, latest)] as const] : []),
      ]}
    >
      <Overview address={publicUrl()} firstNow={ctx.now().toISOString()} />
    </Prefetched>
  );
}
