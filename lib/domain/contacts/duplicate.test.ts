import { expect, it } from "vitest";
import { rankPairs } from "./duplicate";

it("joins the reasons of one pair whichever side was found first, the surest pair first", () => {
  const pairs = rankPairs([
    { contactId: "a", otherId: "b", because: "same_name" },
    { contactId: "d", otherId: "c", because: "same_phone" },
    { contactId: "b", otherId: "a", because: "same_email" },
    { contactId: "a", otherId: "b", because: "same_email" },
    { contactId: "e", otherId: "e", because: "same_email" },
    { contactId: "e", otherId: "f", because: "same_name" },
  ]);
  expect(pairs).toEqual([
    { contactId: "a", otherId: "b", because: ["same_name", "same_email"] },
    { contactId: "c", otherId: "d", because: ["same_phone"] },
    { contactId: "e", otherId: "f", because: ["same_name"] },
  ]);
});
