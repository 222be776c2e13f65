import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromWireId, nouns, toWireId, uuidv7 } from "./ids";

const uuid = fc
  .uint8Array({ minLength: 10, maxLength: 10 })
  .chain((random) => fc.integer({ min: 0, max: 2 ** 48 - 1 }).map((now) => uuidv7(now, random)));

describe("ids", () => {
  it("are UUIDs of version 7 that sort by time", () => {
    const earlier = uuidv7(1_000_000_000_000);
    const later = uuidv7(1_000_000_000_001);
    expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(earlier < later).toBe(true);
  });

  it("come back from the wire as they went, prefixed or bare", () => {
    fc.assert(
      fc.property(uuid, (id) => {
        expect(fromWireId("key", toWireId("key", id))).toBe(id);
        expect(fromWireId("key", id.toUpperCase())).toBe(id);
      }),
    );
  });

  it("keep the order of the UUIDs when prefixed", () => {
    fc.assert(
      fc.property(uuid, uuid, (a, b) => {
        expect(a < b).toBe(toWireId("key", a) < toWireId("key", b));
      }),
    );
  });

  it("of another noun, too long or with a foreign letter are none", () => {
    const id = toWireId("key", uuidv7());
    for (const wrong of [
      id.replace("key", "mem"),
      `${id}0`,
      id.slice(0, -1),
      `${id.slice(0, -1)}u`,
      "",
      "key_",
      `key_${"z".repeat(26)}`,
    ]) {
      expect(fromWireId("key", wrong)).toBeNull();
    }
  });

  it("have a prefix each of their own", () => {
    expect(new Set(Object.values(nouns)).size).toBe(Object.keys(nouns).length);
  });
});
