import type { FieldFault } from "@/lib/kernel/errors";
import { plainAccount } from "./account";
import { emailRefusalLabels, judgeEmail } from "./email";
import { cleanName } from "./person-name";
import { phoneRefusalLabels } from "./phone";
import type { PhoneReading } from "./ports";
import type { ContactChanges } from "./shapes";
import { type AttributeType, type Device, type IdentityChannel, identityChannels, type Stage } from "./vocabulary";

/** What a caller says of a person: absent leaves as it is, null takes away. */
export type ProfileInput = Omit<ContactChanges, "tenantUuid">;

export type AttributeValue = string | number | boolean;
export type CleanIdentity = { channel: IdentityChannel; externalId: string; handle?: string | null };

/** The same, judged: every address in its one spelling, every attribute known and of its type. */
export type CleanProfile = {
  externalId?: string | null;
  name?: string;
  firstName?: string | null;
  lastName?: string | null;
  email?: string | null;
  phone?: string | null;
  /** Of the phone; given exactly where the phone is. */
  country?: string | null;
  givenType?: ContactChanges["customerType"];
  stage?: Stage;
  timeZone?: string | null;
  locale?: string | null;
  devicePreference?: Device | null;
  preferredChannel?: ContactChanges["preferredChannel"];
  company?: string | null;
  ownerId?: string | null;
  tags?: string[];
  attributes?: { attributeId: string; key: string; type: AttributeType; value: AttributeValue | null }[];
  identities?: CleanIdentity[];
  metadata?: ContactChanges["metadata"];
};

export type DeclaredAttribute = { id: string; type: AttributeType };

export type ProfileFacts = {
  attributes: ReadonlyMap<string, DeclaredAttribute>;
  readPhone: (text: string, defaultCountry?: string) => PhoneReading;
  /** Where numbers without a country code belong unless the person's locale says otherwise. */
  country: string | null;
  /** A known contact is told by its id; anybody else must be told by something. */
  isKnown?: boolean;
};

export type JudgedProfile = { kind: "ok"; profile: CleanProfile } | { kind: "no"; faults: FieldFault[] };

/**
 * Whether what is said of a person can be written down, and how. All faults at once, each with its field, so that a form
 * and the rows of a file can be mended in one go.
 */
export function judgeProfile(input: ProfileInput, facts: ProfileFacts): JudgedProfile {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, message: string): undefined => {
    faults.push({ pointer, message });
    return undefined;
  };

  const locale = judgeLocale(input.locale, fault);
  const phone = judgePhone(input.phone, regionOf(locale) ?? facts.country, facts, fault);
  const profile: CleanProfile = {
    externalId: judgeText("/external_id", input.externalId, fault),
    name: judgeName("/name", input.name, fault) ?? undefined,
    firstName: emptyIsNull(judgeName("/first_name", input.firstName, fault)),
    lastName: emptyIsNull(judgeName("/last_name", input.lastName, fault)),
    email: judgeEmailField(input.email, fault),
    phone: phone?.phone,
    country: phone?.country,
    givenType: input.customerType,
    stage: input.stage,
    timeZone: input.timeZone,
    locale,
    devicePreference: input.devicePreference,
    preferredChannel: input.preferredChannel,
    company: judgeText("/company", input.company, fault),
    ownerId: input.ownerId,
    tags: judgeTags(input.tags, fault),
    attributes: judgeAttributes(input.attributes, facts.attributes, fault),
    identities: judgeIdentities(input.identities, facts, fault),
    metadata: judgeMetadata(input.metadata, fault),
  };
  if (faults.length === 0 && !facts.isKnown && !isSomebody(profile))
    fault("", "says nobody: give a name, an e-mail address, a phone number, an external id or an account");
  return faults.length > 0 ? { kind: "no", faults } : { kind: "ok", profile: withoutAbsent(profile) };
}

/** Whether anything is said by which the contact could be told from others. */
export function isSomebody(profile: CleanProfile): boolean {
  const { name, firstName, lastName, email, phone, externalId, identities } = profile;
  return Boolean(name || firstName || lastName || email || phone || externalId || identities?.length);
}

type Fault = (pointer: string, message: string) => undefined;

/** Most texts are in order as they are, and an import judges millions. */
const plainLine = /^[!-~]+(?: [!-~]+)*$/;

/** What no text of the database can hold. Null where the text is fine. */
function textFault(text: string): string | null {
  if (plainLine.test(text)) return null;
  if (text.includes("\0")) return "holds a NUL character";
  return /\p{Cs}/u.test(text) ? "holds half a character" : null;
}

function judgeText(pointer: string, text: string | null | undefined, fault: Fault) {
  if (text === undefined || text === null) return text;
  if (plainLine.test(text)) return text;
  const wrong = textFault(text);
  if (wrong) return fault(pointer, wrong);
  const line = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  return line === "" ? null : line;
}

function judgeName(pointer: string, text: string | null | undefined, fault: Fault) {
  if (text === undefined || text === null) return text;
  const reading = cleanName(text);
  return reading.kind === "ok" ? reading.name : fault(pointer, reading.says);
}

const emptyIsNull = (name: string | null | undefined) => (name === "" ? null : name);

function judgeEmailField(text: string | null | undefined, fault: Fault) {
  if (text === undefined || text === null) return text;
  const reading = judgeEmail(text);
  return reading.kind === "ok" ? reading.address : fault("/email", emailRefusalLabels[reading.because]);
}

function judgePhone(text: string | null | undefined, country: string | null, facts: ProfileFacts, fault: Fault) {
  if (text === undefined) return undefined;
  if (text === null) return { phone: null, country: null };
  const reading = facts.readPhone(text, country ?? undefined);
  if (reading.kind === "ok") return { phone: reading.e164, country: reading.country };
  return fault("/phone", phoneRefusalLabels[reading.because]);
}

function judgeLocale(text: string | null | undefined, fault: Fault) {
  if (text === undefined || text === null) return text;
  try {
    // Systems that speak POSIX write fr_HT.
    const [canonical] = Intl.getCanonicalLocales(text.trim().replaceAll("_", "-"));
    if (canonical) return canonical;
  } catch {
    // Falls through to the refusal.
  }
  return fault("/locale", "must be a language, with or without a region, such as fr-HT");
}

function regionOf(locale: string | null | undefined): string | null {
  const region = locale ? new Intl.Locale(locale).region : undefined;
  return region && /^[A-Z]{2}$/.test(region) ? region : null;
}

function judgeTags(tags: string[] | undefined, fault: Fault) {
  return tags?.flatMap((tag, index) => {
    if (plainLine.test(tag)) return tag;
    const wrong = textFault(tag);
    if (wrong) fault(`/tags/${index}`, wrong);
    const name = tag.normalize("NFC").replace(/\s+/gu, " ").trim();
    return wrong || name === "" ? [] : [name];
  });
}

type SaidAttribute = NonNullable<CleanProfile["attributes"]>[number];

function judgeAttributes(
  given: ProfileInput["attributes"],
  declared: ReadonlyMap<string, DeclaredAttribute>,
  fault: Fault,
): SaidAttribute[] | undefined {
  if (!given) return undefined;
  return Object.entries(given).flatMap(([key, value]): SaidAttribute[] => {
    const pointer = `/attributes/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const attribute = declared.get(key);
    if (!attribute) return fault(pointer, "is no attribute of this workspace; declare it first") ?? [];
    const { id: attributeId, type } = attribute;
    if (value === null || value === "") return [{ attributeId, key, type, value: null }];
    const wrong = attributeFault(type, value);
    return wrong ? (fault(pointer, wrong) ?? []) : [{ attributeId, key, type, value }];
  });
}

/** Types are held, never guessed: "12" is a text, and whoever reads files turns it into a number first. */
function attributeFault(type: AttributeType, value: AttributeValue): string | null {
  switch (type) {
    case "text":
      return typeof value === "string" ? textFault(value) : "must be a text";
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : "must be a number";
    case "boolean":
      return typeof value === "boolean" ? null : "must be true or false";
    case "date":
      return typeof value === "string" && isDay(value) ? null : "must be a day like 2026-11-21";
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith("0000")) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // 30 February is read as a day of March.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function judgeIdentities(given: ProfileInput["identities"], facts: ProfileFacts, fault: Fault) {
  return given?.flatMap((identity, index): CleanIdentity[] => {
    const at = `/identities/${index}`;
    if (!identityChannels.includes(identity.channel))
      return fault(`${at}/channel`, "is no channel with accounts") ?? [];
    const wrong = textFault(identity.externalId) ?? textFault(identity.handle ?? "");
    if (wrong) return fault(`${at}/external_id`, wrong) ?? [];
    const externalId = normalIdentity(identity.channel, identity.externalId.trim(), facts);
    if (externalId === "") return fault(`${at}/external_id`, "must not be empty") ?? [];
    return [{ channel: identity.channel, externalId, ...("handle" in identity ? { handle: identity.handle } : {}) }];
  });
}

/** WhatsApp knows people by their number, which callers write with and without its plus. */
function normalIdentity(channel: IdentityChannel, externalId: string, facts: ProfileFacts): string {
  if (channel !== "whatsapp") return plainAccount(channel, externalId);
  const reading = facts.readPhone(/^\d{8,15}$/.test(externalId) ? `+${externalId}` : externalId);
  return reading.kind === "ok" ? reading.e164 : externalId;
}

function judgeMetadata(metadata: ProfileInput["metadata"], fault: Fault) {
  const wrong = metadata ? jsonFault(metadata) : null;
  return wrong ? fault("/metadata", wrong) : metadata;
}

function jsonFault(value: unknown): string | null {
  if (typeof value === "string") return textFault(value);
  if (typeof value !== "object" || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    const wrong = textFault(key) ?? jsonFault(child);
    if (wrong) return wrong;
  }
  return null;
}

/** So that "absent" is one thing, and not two that are told apart somewhere. */
function withoutAbsent(profile: CleanProfile): CleanProfile {
  const said: Record<string, unknown> = {};
  for (const name in profile) {
    const value = profile[name as keyof CleanProfile];
    if (value !== undefined) said[name] = value;
  }
  return said as CleanProfile;
}
