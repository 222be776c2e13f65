import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { keysQuery, pageSize } from "@/lib/client/access";
import { ApiKeyList } from "@/lib/domain/access/shapes";
import { env, publicUrl } from "@/lib/env";
import { pageMay } from "@/lib/http/page-session";
import { listKeys } from "@/lib/services/access/list-keys";
import { inside } from "../_parts/inside";
import { asFirstPage, Prefetched } from "../_parts/prefetched";
import { Agents } from "./client";

export const metadata: Metadata = { title: "Agents and API" };

export default async function AgentsPage() {
  const { ctx } = await inside();
  if (!pageMay(ctx, "keys:read")) return <NoEntry room="Agents and API" needs="keys:read" />;
  const keys = await listKeys(ctx, { limit: pageSize });
  return (
    <Prefetched entries={[[keysQuery(ctx.tenantId).queryKey, asFirstPage(ApiKeyList, keys)]]}>
      <Agents address={publicUrl()} perMinute={env.API_RATE_PER_MINUTE} />
    </Prefetched>
  );
}
