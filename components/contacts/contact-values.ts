import type { FormShape, FormValues } from "@/components/ui/form-faults";
import { fieldFromPointer } from "@/components/ui/form-faults";
import type { Attribute, Contact, ContactChanges } from "@/lib/client/contacts";

/** What the fields of a person hold, in the API's words. An empty field is null: nothing is known. */
export function changesFrom(values: FormValues, definitions: readonly Attribute[]): ContactChanges {
  const text = (name: string) => String(values[name] ?? "").trim();
  const orNull = <Value extends string>(name: string) => (text(name) || null) as Value | null;
  const given: ContactChanges = {};
  if ("name" in values) given.name = text("name");
  for (const name of ["email", "phone", "company", "ownerId", "timeZone", "locale", "externalId"] as const)
    if (name in values) given[name] = orNull(name);
  if (text("stage")) given.stage = text("stage") as Contact["stage"];
  if ("customerType" in values) given.customerType = orNull<Contact["customerType"]>("customerType");
  if ("devicePreference" in values)
    given.devicePreference = orNull<NonNullable<Contact["devicePreference"]>>("devicePreference");
  if ("preferredChannel" in values)
    given.preferredChannel = orNull<NonNullable<Contact["preferredChannel"]>>("preferredChannel");
  if ("tags" in values) given.tags = text("tags").split("\n").filter(Boolean);
  if (definitions.length > 0)
    given.attributes = Object.fromEntries(
      definitions.map(({ key, type }) => [key, attributeValue(text(fieldFromPointer(`/attributes/${key}`)), type)]),
    );
  return given;
}

/** A number that is none goes as it was typed: the server names the field and what it wants. */
function attributeValue(text: string, type: Attribute["type"]): Contact["attributes"][string] {
  if (!text) return null;
  if (type === "boolean") return text === "true";
  return type === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** Nothing that is not known is said of somebody new. */
export function withoutUnknown(given: ContactChanges): ContactChanges {
  const said = Object.entries(given).filter(([, value]) => value !== null && value !== "");
  const { attributes, tags, ...rest } = Object.fromEntries(said) as ContactChanges;
  const known = Object.entries(attributes ?? {}).filter(([, value]) => value !== null);
  return {
    ...rest,
    ...(tags && tags.length > 0 ? { tags } : {}),
    ...(known.length > 0 ? { attributes: Object.fromEntries(known) } : {}),
  };
}

/** The same words as the form's, for what the contact is now. */
function standing(contact: Contact): ContactChanges {
  return {
    ...contact,
    ownerId: contact.owner?.id ?? null,
    customerType: contact.isTypeGiven ? contact.customerType : null,
    timeZone: contact.timeZone.source === "own" ? contact.timeZone.zone : null,
  };
}

/** Only what is different is sent, so what a colleague changed meanwhile stays theirs; and what brings it back. */
export function differences(
  contact: Contact,
  given: ContactChanges,
): { changes: ContactChanges; before: ContactChanges } {
  const now = standing(contact);
  const [changes, before]: [ContactChanges, ContactChanges] = [{}, {}];
  for (const name of Object.keys(given) as (keyof ContactChanges)[]) {
    if (name === "attributes" || JSON.stringify(given[name]) === JSON.stringify(now[name])) continue;
    Object.assign(changes, { [name]: given[name] });
    Object.assign(before, { [name]: now[name] });
  }
  const keys = Object.keys(given.attributes ?? {}).filter(
    (key) => (given.attributes?.[key] ?? null) !== (contact.attributes[key] ?? null),
  );
  if (keys.length > 0) {
    changes.attributes = Object.fromEntries(keys.map((key) => [key, given.attributes?.[key] ?? null]));
    before.attributes = Object.fromEntries(keys.map((key) => [key, contact.attributes[key] ?? null]));
  }
  return { changes, before };
}

/** What can be seen without asking anybody. The server judges addresses and numbers in full. */
export const contactShape: FormShape = {
  safeParse: (input) => {
    const values = input as FormValues;
    const text = (name: string) => String(values[name] ?? "").trim();
    const issues: { path: string[]; message: string }[] = [];
    if (!text("name") && !text("email") && !text("phone") && !text("externalId"))
      issues.push({ path: ["name"], message: "Give a name, an e-mail address or a phone number." });
    if (text("email") && !/^\S+@\S+\.\S+$/.test(text("email")))
      issues.push({ path: ["email"], message: "Write an e-mail address, such as name@shop.example." });
    if (text("phone") && !/^\+?[\d\s().\-/]{5,}$/.test(text("phone")))
      issues.push({ path: ["phone"], message: "Write a phone number, such as +509 3412 3456." });
    return issues.length > 0 ? { success: false, error: { issues } } : { success: true };
  },
};
