import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { attributesQuery, namedShown, scoreModelQuery, tagsQuery } from "@/lib/client/contacts";
import { ScoreModel } from "@/lib/domain/contacts/score-shapes";
import { AttributeList, TagList } from "@/lib/domain/contacts/shapes";
import { pageMay } from "@/lib/http/page-session";
import { listAttributes } from "@/lib/services/contacts/attributes";
import { listTags } from "@/lib/services/contacts/tags";
import { findModel } from "@/lib/services/contacts/update-score-model";
import { inside } from "../../_parts/inside";
import { asSent, Prefetched } from "../../_parts/prefetched";
import { ContactSettings } from "./client";

export const metadata: Metadata = { title: "Contact settings" };

export default async function ContactSettingsPage() {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:read")) return <NoEntry room="Contact settings" needs="contacts:read" />;
  const tenant = ctx.tenantId;
  const [attributes, tags, model] = await Promise.all([
    listAttributes(ctx, { limit: namedShown }),
    listTags(ctx, { limit: namedShown }),
    findModel(ctx),
  ]);
  return (
    <Prefetched
      entries={[
        [attributesQuery(tenant).queryKey, asSent(AttributeList, attributes)],
        [tagsQuery(tenant).queryKey, asSent(TagList, tags)],
        [scoreModelQuery(tenant).queryKey, asSent(ScoreModel, model)],
      ]}
    >
      <ContactSettings />
    </Prefetched>
  );
}
