import { describe, expect, it } from "vitest";
import { customerTypeOf } from "./customer-type";

const nothing = { givenType: null, firstPurchaseAt: null, firstVisitAt: null, lastReplyAt: null };
const now = new Date("2026-11-21T00:00:00Z");

describe("the type of a customer", () => {
  it.each([
    [{}, "new", /neither bought/],
    [{ firstVisitAt: now }, "returning", /visited/],
    [{ lastReplyAt: now }, "returning", /answered/],
    [{ firstVisitAt: now, firstPurchaseAt: now }, "existing", /bought/],
    [{ givenType: "new" as const, firstPurchaseAt: now }, "new", /said so/],
  ])("of %o is %s, and says why", (facts, type, because) => {
    const answer = customerTypeOf({ ...nothing, ...facts });
    expect(answer.type).toBe(type);
    expect(answer.because).toMatch(because);
  });
});
