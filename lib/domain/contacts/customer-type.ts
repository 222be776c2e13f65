import type { CustomerType } from "./vocabulary";

export type CustomerFacts = {
  /** As somebody said it. */
  givenType: CustomerType | null;
  firstPurchaseAt: Date | null;
  firstVisitAt: Date | null;
  lastReplyAt: Date | null;
};

/** Whether somebody is a customer, and how we know. The table derives the same by a generated column; a test holds them equal. */
export function customerTypeOf(facts: CustomerFacts): { type: CustomerType; because: string } {
  if (facts.givenType) return { type: facts.givenType, because: "Somebody said so." };
  if (facts.firstPurchaseAt) return { type: "existing", because: "Has bought." };
  if (facts.firstVisitAt && facts.lastReplyAt)
    return { type: "returning", because: "Has visited and answered, and not bought yet." };
  if (facts.firstVisitAt) return { type: "returning", because: "Has visited, and not bought yet." };
  if (facts.lastReplyAt) return { type: "returning", because: "Has answered, and not bought yet." };
  return { type: "new", because: "Has neither bought nor come back yet." };
}
