import { expect, it } from "vitest";
import { moneyWords } from "./money";

it("keeps the cents of sums no float could hold", () => {
  expect(moneyWords(123_456_789_012_345_670_000n, "USD")).toBe("$123,456,789,012,345.67");
});

it("shows what less than a cent is worth", () => {
  expect(moneyWords(1_400n, "USD")).toBe("$0.0014");
  expect(moneyWords(0n, "USD")).toBe("$0.00");
  expect(moneyWords(-9_846_200_000n, "USD")).toBe("-$9,846.20");
});
