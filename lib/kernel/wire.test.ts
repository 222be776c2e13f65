import { describe, expect, it } from "vitest";
import { z } from "zod";
import { toWireId, uuidv7 } from "./ids";
import { camelize, snake, toWire, wireId, wireJsonSchema, wireLine, wirePointer, wireTime } from "./wire";

const Shape = z.strictObject({
  recipientId: wireId("person"),
  sentAt: wireTime.nullable(),
  contactInfo: z.strictObject({ instagramHandle: z.string().optional() }),
  byChannel: z.record(z.string(), z.strictObject({ openRate: z.number() })),
  items: z.array(z.strictObject({ itemName: z.string() })),
  either: z.union([z.strictObject({ firstKind: z.string() }), z.strictObject({ secondKind: z.number() })]),
});

describe("the wire", () => {
  const id = uuidv7();
  const inside: z.output<typeof Shape> = {
    recipientId: id,
    sentAt: new Date("2026-11-21T09:00:00Z"),
    contactInfo: { instagramHandle: "jane" },
    byChannel: { email_openRate: { openRate: 0.5 } },
    items: [{ itemName: "cloth" }],
    either: { secondKind: 2 },
  };
  const outside = {
    recipient_id: toWireId("person", id),
    sent_at: "2026-11-21T09:00:00.000Z",
    contact_info: { instagram_handle: "jane" },
    by_channel: { email_openRate: { open_rate: 0.5 } },
    items: [{ item_name: "cloth" }],
    either: { second_kind: 2 },
  };

  it("speaks snake_case outside and camelCase inside, and leaves record keys alone", () => {
    expect(toWire(Shape, inside)).toEqual(outside);
    expect(Shape.parse(camelize(Shape, outside))).toEqual(inside);
  });

  it("does not take the code's own spelling from outside", () => {
    const { success } = Shape.safeParse(camelize(Shape, { ...outside, recipient_id: undefined, recipientId: id }));
    expect(success).toBe(false);
  });

  it("points to a fault in the wire's spelling", () => {
    expect(wirePointer(Shape, ["contactInfo", "instagramHandle"])).toBe("/contact_info/instagram_handle");
    expect(wirePointer(Shape, ["byChannel", "camelKey", "openRate"])).toBe("/by_channel/camelKey/open_rate");
    expect(wirePointer(Shape, ["items", 3, "itemName"])).toBe("/items/3/item_name");
  });

  it("documents the same names", () => {
    const schema = wireJsonSchema(Shape) as { properties: Record<string, { properties?: object }>; required: string[] };
    expect(Object.keys(schema.properties)).toEqual(Object.keys(outside));
    expect(schema.required).toContain("recipient_id");
    expect(Object.keys(schema.properties.contact_info?.properties ?? {})).toEqual(["instagram_handle"]);
  });

  it("writes what may be null as one schema, so that nobody has to try every combination", () => {
    const schema = wireJsonSchema(
      z.object({
        at: wireTime.nullable(),
        word: z.string().max(5).nullable(),
        kind: z.enum(["one", "two"]).nullable(),
        owner: z.object({ fullName: z.string() }).nullable(),
        fixed: z.literal("x").nullable(),
      }),
    ) as { properties: Record<string, Record<string, unknown>> };
    expect(schema.properties.at).toMatchObject({ type: ["string", "null"], format: "date-time" });
    expect(schema.properties.word).toEqual({ type: ["string", "null"], maxLength: 5 });
    expect(schema.properties.kind).toEqual({ type: ["string", "null"], enum: ["one", "two", null] });
    expect(schema.properties.owner).toMatchObject({
      type: ["object", "null"],
      properties: { full_name: { type: "string" } },
    });
    expect(schema.properties.fixed).toHaveProperty("anyOf");
  });

  it("keeps a __proto__ as data", () => {
    const given = JSON.parse('{"__proto__":{"polluted":true}}');
    const seen = camelize(Shape, given) as object;
    expect(Object.hasOwn(seen, "__proto__")).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("takes one line of text without what forges headers", () => {
    expect(wireLine(10).safeParse("a\r\nBcc: x").success).toBe(false);
    expect(wireLine(10).parse("  Nadège ")).toBe("Nadège");
  });

  it("spells digits apart from letters only where a capital stands", () => {
    expect(snake("requestId2")).toBe("request_id2");
  });
});
