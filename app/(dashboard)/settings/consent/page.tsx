import type { Metadata } from "next";
import { pageSize } from "@/lib/client/access";
import { suppressionsQuery, topicsQuery } from "@/lib/client/consent";
import { SuppressionList, TopicList } from "@/lib/domain/consent/shapes";
import { listSuppressions } from "@/lib/services/consent/list-suppressions";
import { listTopics } from "@/lib/services/consent/topics";
import { inside } from "../../_parts/inside";
import { asFirstPage, asSent, Prefetched } from "../../_parts/prefetched";
import { ConsentSettings } from "./client";

export const metadata: Metadata = { title: "Consent" };

export default async function ConsentPage() {
  const { ctx } = await inside();
  const tenant = ctx.tenantId;
  const [topics, suppressions] = await Promise.all([listTopics(ctx, {}), listSuppressions(ctx, { limit: pageSize })]);
  return (
    <Prefetched
      entries={[
        [topicsQuery(tenant).queryKey, asSent(TopicList, topics)],
        [suppressionsQuery(tenant).queryKey, asFirstPage(SuppressionList, suppressions)],
      ]}
    >
      <ConsentSettings />
    </Prefetched>
  );
}
