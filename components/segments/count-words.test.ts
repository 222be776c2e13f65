import { expect, it } from "vitest";
import { countWords, shareWords } from "./count-words";

it("an estimate says that it is one", () => {
  expect(countWords({ count: 412_000, isEstimate: true })).toBe("about 412,000");
  expect(countWords({ count: 412_319, isEstimate: false })).toBe("412,319");
});

it("a share never makes nobody of somebody, or everybody of all but one", () => {
  expect(shareWords(1, 1_000_000)).toBe("under 1 %");
  expect(shareWords(999_999, 1_000_000)).toBe("over 99 %");
  expect(shareWords(500, 1_000)).toBe("50 %");
  expect([shareWords(0, 0), shareWords(0, 10), shareWords(10, 10)]).toEqual(["0 %", "0 %", "100 %"]);
});
