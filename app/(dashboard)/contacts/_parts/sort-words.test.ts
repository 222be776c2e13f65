import { describe, expect, it } from "vitest";
import { nextSort } from "@/components/data-table/column";
import { sortAfter, sortShown } from "./sort-words";

const press = (now: Parameters<typeof sortAfter>[0], column: string) =>
  sortAfter(now, nextSort(sortShown(now), column));

describe("a press on the head of a column", () => {
  it("turns the order of the days round and back", () => {
    expect(press("newest", "created")).toBe("oldest");
    expect(press("oldest", "created")).toBe("newest");
  });

  it("comes from another column to the newest first", () => {
    expect(press("name", "created")).toBe("newest");
    expect(press("score", "created")).toBe("newest");
  });

  it("orders by name or score, and leads back with the second press", () => {
    expect(press("newest", "name")).toBe("name");
    expect(press("name", "name")).toBe("newest");
    expect(press("newest", "score")).toBe("score");
    expect(press("score", "score")).toBe("newest");
  });
});
