import { describe, expect, it } from "vitest";
import { keyFrom } from "./key-from";

describe("the key that a name of an attribute suggests", () => {
  it.each([
    ["Loyalty level (2026)", "loyalty_level_2026"],
    ["Nivo fidelite a, kreyòl", "nivo_fidelite_a_kreyol"],
    ["2nd address", "nd_address"],
    ["  ", ""],
    ["誕生日", ""],
  ])("of %j is %j", (label, key) => {
    expect(keyFrom(label)).toBe(key);
  });
});
