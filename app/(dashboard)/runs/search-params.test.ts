import { describe, expect, it } from "vitest";
import { toWireId } from "@/lib/kernel/ids";
import { filterFrom, type Wanted } from "./search-params";

const none: Wanted = {
  tab: null,
  q: null,
  status: null,
  function: null,
  subject: null,
  for: null,
  from: null,
  to: null,
  event: null,
  name: null,
};
const workspace = toWireId("tenant", "01936b5e-7c00-7000-8000-000000000000");

describe("the filter of runs", () => {
  it("asks for everything where nothing is wanted", () => expect(filterFrom(none, "UTC")).toEqual({}));

  it("holds what is wanted, with whole days of the workspace", () => {
    const wanted: Wanted = {
      ...none,
      ...{ q: " audit ", status: "failed", function: "madan-sara-x", subject: workspace, for: "platform" },
      ...{ from: "2026-11-20", to: "2026-11-20" },
    };
    expect(filterFrom(wanted, "America/Port-au-Prince")).toEqual({
      ...{ search: "audit", status: "failed", function: "madan-sara-x", subject: workspace, worksFor: "platform" },
      ...{ from: "2026-11-20T05:00:00.000Z", until: "2026-11-21T05:00:00.000Z" },
    });
  });

  it("leaves out what somebody broke in the address", () => {
    expect(filterFrom({ ...none, subject: "ws_nonsense", from: "soon", q: "  " }, "UTC")).toEqual({});
  });
});
