import { describe, expect, it } from "vitest";
import { judgeOrigin, type OriginFacts } from "./origin";

const own = "http://localhost:3000";
const judge = (overrides: Partial<OriginFacts>) => {
  const verdict = judgeOrigin({ method: "POST", origin: own, fetchSite: "same-origin", own, ...overrides });
  return verdict.kind === "own" ? "own" : verdict.because;
};

describe("where a change with a cookie comes from", () => {
  it.each([
    [{}, "own"],
    [{ fetchSite: null }, "own"],
    [{ fetchSite: "none" }, "own"],
    [{ origin: null }, "missing"],
    [{ origin: null, fetchSite: null }, "missing"],
    [{ origin: "null" }, "null"],
    [{ origin: "http://localhost:3000.evil.example" }, "other"],
    [{ origin: "http://localhost:3001" }, "other"],
    [{ origin: "https://localhost:3000" }, "other"],
    [{ origin: "http://LOCALHOST:3000" }, "other"],
    [{ fetchSite: "cross-site" }, "cross_site"],
    [{ fetchSite: "same-site" }, "cross_site"],
    [{ method: "DELETE", fetchSite: "cross-site" }, "cross_site"],
    [{ method: "GET", origin: null, fetchSite: "same-origin" }, "own"],
    [{ method: "GET", origin: null, fetchSite: null }, "own"],
    [{ method: "GET", origin: null, fetchSite: "cross-site" }, "cross_site"],
  ] as const)("%o is %s", (facts, expected) => expect(judge(facts)).toBe(expected));
});
