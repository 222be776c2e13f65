import { describe, expect, it } from "vitest";
import { hasToken, takeToken } from "./rate-limit";

describe("a rate budget", () => {
  it("is used up, says when it is worth trying again, and fills with time", () => {
    const take = (at: number) => takeToken("key:one", at, 60);
    for (let i = 0; i < 60; i++) expect(take(0)).toMatchObject({ allowed: true, remaining: 59 - i });
    expect(take(0)).toMatchObject({ allowed: false, remaining: 0, resetSeconds: 1 });
    expect(take(999)).toMatchObject({ allowed: false });
    expect(take(1000)).toMatchObject({ allowed: true });
    expect(take(3_600_000)).toMatchObject({ remaining: 59 });
  });

  it("can be looked at without being used", () => {
    expect(hasToken("refused:one", 0, 2)).toBe(true);
    takeToken("refused:one", 0, 2);
    takeToken("refused:one", 0, 2);
    expect(hasToken("refused:one", 0, 2)).toBe(false);
    expect(hasToken("refused:one", 30_000, 2)).toBe(true);
  });

  it("is each caller's own", () => {
    for (let i = 0; i < 60; i++) takeToken("key:two", 0, 60);
    expect(takeToken("key:three", 0, 60)).toMatchObject({ allowed: true });
  });

  it("is not filled by a clock that went back", () => {
    for (let i = 0; i < 61; i++) takeToken("key:four", 10_000, 60);
    expect(takeToken("key:four", 0, 60)).toMatchObject({ allowed: false });
  });
});
