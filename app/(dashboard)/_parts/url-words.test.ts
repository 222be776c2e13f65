import { describe, expect, it } from "vitest";
import { changedSearch, readUrlState, urlFlag, urlOneOf, urlText } from "./url-words";

const words = { q: urlText, state: urlOneOf(["active", "revoked"]), new: urlFlag };
const read = (search: string) => {
  const given = new URLSearchParams(search);
  return readUrlState(words, (name) => given.get(name));
};

describe("the state in the address", () => {
  it.each([
    ["", { q: null, state: null, new: null }],
    ["?q=till&state=active&new=1", { q: "till", state: "active", new: true }],
    ["?q=&state=gone&new=true&else=1", { q: null, state: null, new: null }],
    ["?state=active&state=revoked", { q: null, state: "active", new: null }],
    ["?q=a%26b", { q: "a&b", state: null, new: null }],
  ])("%j is read", (search, expected) => {
    expect(read(search)).toEqual(expected);
  });

  it.each([
    ["", { q: "a b" }, "?q=a+b"],
    ["?q=a&keep=1", { q: null }, "?keep=1"],
    ["?new=1", { new: null }, ""],
    ["", { new: true }, "?new=1"],
    ["?q=a", { q: "", state: "active" }, "?state=active"],
    ["?q=a", {}, "?q=a"],
  ])("%j changed by %j is %j", (search, changes, expected) => {
    expect(changedSearch(search, changes)).toBe(expected);
  });

  it("reads back what it wrote", () => {
    expect(read(changedSearch("", { q: "ré & co", state: "revoked", new: true }))).toEqual({
      q: "ré & co",
      state: "revoked",
      new: true,
    });
  });
});
