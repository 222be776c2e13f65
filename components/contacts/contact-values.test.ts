import { describe, expect, it } from "vitest";
import type { Attribute, Contact } from "@/lib/client/contacts";
import { changesFrom, contactShape, differences, withoutUnknown } from "./contact-values";

const plan = { id: "att_1", key: "loyalty_level", label: "Level", type: "number", values: 0 } as Attribute;

const josette = {
  name: "Josette Alcindor",
  email: "josette@example.test",
  phone: null,
  company: null,
  owner: { id: "per_1", name: "Rose-Laure" },
  stage: "lead",
  customerType: "existing",
  isTypeGiven: false,
  timeZone: { zone: "America/New_York", source: "phone", candidates: [], because: "" },
  locale: null,
  devicePreference: null,
  preferredChannel: null,
  externalId: null,
  tags: ["vip"],
  attributes: { loyalty_level: 2 },
} as unknown as Contact;

const asTyped = {
  name: "Josette Alcindor",
  email: "josette@example.test",
  phone: "",
  company: "",
  ownerId: "per_1",
  stage: "lead",
  customerType: "",
  timeZone: "",
  tags: "vip",
  "attributes.loyaltyLevel": "2",
};

describe("the fields of a contact", () => {
  it("send nothing when nothing was different", () => {
    expect(differences(josette, changesFrom(asTyped, [plan])).changes).toEqual({});
  });

  it("send what is different, and know what brings it back", () => {
    const given = changesFrom({ ...asTyped, phone: "+509 3412 3456", email: "", "attributes.loyaltyLevel": "" }, [
      plan,
    ]);
    expect(differences(josette, given)).toEqual({
      changes: { phone: "+509 3412 3456", email: null, attributes: { loyalty_level: null } },
      before: { phone: null, email: "josette@example.test", attributes: { loyalty_level: 2 } },
    });
  });

  it("do not make a derived type or zone a given one", () => {
    const { changes } = differences(josette, changesFrom({ ...asTyped, tags: "vip\nlinen" }, [plan]));
    expect(changes).toEqual({ tags: ["vip", "linen"] });
  });

  it("say of somebody new only what is known", () => {
    const given = changesFrom({ ...asTyped, tags: "", ownerId: "", "attributes.loyaltyLevel": "" }, [plan]);
    expect(withoutUnknown(given)).toEqual({ name: "Josette Alcindor", email: "josette@example.test", stage: "lead" });
  });

  it("leave a number that is none for the server to name", () => {
    expect(changesFrom({ "attributes.loyaltyLevel": "gold" }, [plan]).attributes).toEqual({ loyalty_level: "gold" });
  });

  it("want something by which the person is known", () => {
    const answer = contactShape.safeParse({ name: " ", email: "", phone: "" });
    expect(answer).toMatchObject({ error: { issues: [{ path: ["name"] }] } });
    expect(contactShape.safeParse({ name: "", email: "", phone: "+50934123456" })).toEqual({ success: true });
  });
});
