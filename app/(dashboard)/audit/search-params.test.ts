import { describe, expect, it } from "vitest";
import { filterFrom, type Wanted } from "./search-params";

describe("the filter of the log", () => {
  const none: Wanted = { q: null, action: null, subject: null, from: null, to: null };

  it("asks for everything where nothing is wanted", () => {
    expect(filterFrom(none, "UTC")).toEqual({});
  });

  it("holds both days whole, in the workspace's zone", () => {
    expect(filterFrom({ ...none, from: "2026-11-20", to: "2026-11-20" }, "America/Port-au-Prince")).toEqual({
      from: "2026-11-20T05:00:00.000Z",
      until: "2026-11-21T05:00:00.000Z",
    });
  });

  it("leaves out what somebody broke in the address", () => {
    expect(filterFrom({ ...none, q: "  rose ", action: "key.created", from: "soon" }, "UTC")).toEqual({
      search: "rose",
      action: "key.created",
    });
  });
});
