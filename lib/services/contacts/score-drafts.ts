import type { Draft } from "@/lib/domain/contacts/apply-profile";
import { customerTypeOf } from "@/lib/domain/contacts/customer-type";
import type { AttributeValue } from "@/lib/domain/contacts/profile";
import { type LeadScore, type ScoreFacts, scoreLead } from "@/lib/domain/contacts/score";
import type { ScoreWeights } from "@/lib/domain/contacts/score-shapes";
import type { loadFacts } from "./score-contacts";

type Known = Awaited<ReturnType<typeof loadFacts>> extends ReadonlyMap<string, infer One> ? One : never;

/** The score of a contact on its way: what the draft says of it over what else is known, so it is written with the rest. */
export function scoreDraft(draft: Draft, known: Known | undefined, weights: ScoreWeights, at: Date): LeadScore {
  const { givenType, email, phone, country, stage, preferredChannel, locale, companyId } = draft.fields;
  const deeds = known?.person ?? { firstPurchaseAt: null, firstVisitAt: null, lastReplyAt: null };
  const facts: ScoreFacts = {
    email,
    phone,
    country,
    stage,
    preferredChannel,
    locale,
    hasCompany: companyId !== null,
    customerType: customerTypeOf({ ...deeds, givenType }).type,
    attributes: attributesOf(draft, known?.facts.attributes),
    channels: known?.facts.channels ?? [],
    lastPurchaseAt: known?.person.lastPurchaseAt ?? null,
    lastVisitAt: known?.person.lastVisitAt ?? null,
    lastReplyAt: known?.person.lastReplyAt ?? null,
  };
  return scoreLead(facts, weights, at);
}

/** The draft holds those that were looked at; where the call said none at all, only the table has them. */
function attributesOf(draft: Draft, stored: ScoreFacts["attributes"] = {}): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = Object.assign(Object.create(null), stored);
  for (const { key, value } of draft.attributes.now.values()) {
    if (value === null) delete values[key];
    else values[key] = value;
  }
  return values;
}
