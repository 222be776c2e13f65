import { expect, it } from "vitest";
import { bytesInWords, count, timeLeftInWords } from "./amount-words";

it("says how much there is in the unit that people would use", () => {
  expect(bytesInWords(1)).toBe("1 bytes");
  expect(bytesInWords(1_500)).toBe("1.5 KB");
  expect(bytesInWords(104_857_600)).toBe("105 MB");
  expect(count(1, "row")).toBe("1 row");
  expect(count(100_000, "row")).toBe("100,000 rows");
});

it("says how long it takes no more exactly than it knows", () => {
  expect(timeLeftInWords(3)).toBe("a few seconds");
  expect(timeLeftInWords(44)).toBe("about 40 seconds");
  expect(timeLeftInWords(120)).toBe("about 2 minutes");
  expect(timeLeftInWords(3 * 3600)).toBe("about 3 hours");
});
