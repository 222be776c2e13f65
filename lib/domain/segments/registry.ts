import type { Channel } from "@/lib/domain/channels/vocabulary";
import { type AttributeType, customerTypes, grades, stages } from "@/lib/domain/contacts/vocabulary";
import type { Operator } from "./operators";

/**
 * What a rule may ask about, as data. Each field says its type by its operators; the builder, the reader, the sentence and
 * the reference read this one list. A later domain adds its fields in a `FieldSource` (`db/queries/segments/field-sources.ts`).
 */
export type FieldGroup = "profile" | "tags" | "attributes" | "behaviour" | "engagement" | "consent" | "membership";

export const fieldGroups: Record<FieldGroup, string> = {
  profile: "Profile",
  tags: "Tags",
  attributes: "Attributes",
  behaviour: "What they did",
  engagement: "Messages",
  consent: "Consent",
  membership: "Lists and imports",
};

/** What a value names instead of being it: its id, or for a tag its name too. */
export type Reference = "tag" | "owner" | "company" | "segment" | "import";

export type FieldChoice = { value: string; label: string };

export type Field = {
  id: string;
  label: string;
  group: FieldGroup;
  operators: readonly Operator[];
  /** One sentence for whoever builds a rule. */
  hint: string;
  /** How the sentence speaks of it: a noun ("score"), or what people did and did not do. */
  says: { noun: string } | { did: string; didNot: string };
  /** The only values there are, where they are known. */
  values?: readonly FieldChoice[];
  reference?: Reference;
  /** The declared attribute behind an `attribute:…` field. */
  attribute?: { id: string; type: AttributeType };
};

const words = (value: string) => value.charAt(0).toUpperCase() + value.slice(1).replaceAll("_", " ");
const choices = (values: readonly string[]): FieldChoice[] => values.map((value) => ({ value, label: words(value) }));

export const operatorsOf = {
  text: ["is", "is_not", "contains", "contains_not", "begins_with", "is_known", "is_unknown"],
  number: ["equals", "equals_not", "over", "under", "between"],
  choice: ["is_any_of", "is_none_of"],
  openChoice: ["is_any_of", "is_none_of", "is_known", "is_unknown"],
  moment: ["in_last_days", "not_in_last_days", "before", "on_or_after", "is_known", "is_unknown"],
  day: ["in_last_days", "in_next_days", "before", "on_or_after", "anniversary_today", "is_known", "is_unknown"],
  flag: ["is_true", "is_false"],
  set: ["has_any_of", "has_all_of", "has_none_of", "is_known", "is_unknown"],
  deed: ["in_last_days", "not_in_last_days", "ever", "never", "at_least_times", "fewer_than_times"],
} as const satisfies Record<string, readonly Operator[]>;

const profileFields: Field[] = [
  { id: "name", label: "Name", operators: operatorsOf.text, hint: "Accents and capitals make no difference." },
  {
    id: "email",
    label: "E-mail address",
    operators: ["is_known", "is_unknown", "is", "is_not", "contains", "contains_not", "domain_is"],
    hint: "Whether there is one, or which mail house it belongs to.",
  },
  {
    id: "phone",
    label: "Phone",
    operators: ["is_known", "is_unknown", "begins_with"],
    hint: "Written with the country code: +509 begins the numbers of Haiti.",
  },
  { id: "country", label: "Country", operators: operatorsOf.openChoice, hint: "Two letters, such as HT." },
  { id: "locale", label: "Locale", operators: operatorsOf.openChoice, hint: "Language and region, such as fr-HT." },
  { id: "language", label: "Language", operators: operatorsOf.openChoice, hint: "The locale's language, such as fr." },
  { id: "time_zone", label: "Time zone", operators: operatorsOf.openChoice, hint: "As it was said, not inferred." },
  {
    id: "customer_type",
    label: "Customer type",
    operators: operatorsOf.choice,
    values: choices(customerTypes),
    hint: "New, returning (came or wrote again), existing (bought).",
  },
  { id: "stage", label: "Stage", operators: operatorsOf.choice, values: choices(stages), hint: "Where they stand." },
  { id: "score", label: "Score", operators: operatorsOf.number, hint: "From 0 to 100." },
  {
    id: "grade",
    label: "Grade",
    operators: operatorsOf.choice,
    values: grades.map((value) => ({ value, label: value })),
    hint: "From A, the warmest, to F.",
  },
].map((field) => ({
  ...field,
  group: "profile",
  says: { noun: field.label.charAt(0).toLowerCase() + field.label.slice(1) },
})) as Field[];

const momentField = (id: string, label: string, did: string, didNot: string, hint: string): Field => ({
  id,
  label,
  group: "behaviour",
  operators: operatorsOf.moment,
  says: { did, didNot },
  hint,
});

const behaviourFields: Field[] = [
  momentField("created_at", "Added", "were added", "were not added", "When the contact came to be here."),
  momentField(
    "updated_at",
    "Changed",
    "were changed",
    "were not changed",
    "When anything of the contact last changed.",
  ),
  momentField(
    "first_purchase_at",
    "First purchase",
    "first bought",
    "did not first buy",
    "When they became a customer.",
  ),
  momentField("last_purchase_at", "Last purchase", "last bought", "did not buy", "When they last bought."),
  momentField("last_visit_at", "Last visit", "last visited", "did not visit", "When they were last on the website."),
  momentField("last_reply_at", "Last reply", "last wrote to us", "did not write to us", "When they last answered."),
];

const referenceFields: Field[] = [
  {
    id: "tag",
    label: "Tag",
    group: "tags",
    operators: operatorsOf.set,
    reference: "tag",
    says: { did: "are tagged", didNot: "are not tagged" },
    hint: "By name or id.",
  },
  {
    id: "owner",
    label: "Owner",
    group: "profile",
    operators: operatorsOf.openChoice,
    reference: "owner",
    says: { did: "are looked after by", didNot: "are not looked after by" },
    hint: "Who of the workspace looks after them.",
  },
  {
    id: "company",
    label: "Company",
    group: "profile",
    operators: operatorsOf.openChoice,
    reference: "company",
    says: { did: "work at", didNot: "do not work at" },
    hint: "By id.",
  },
  {
    id: "segment",
    label: "Segment or list",
    group: "membership",
    operators: operatorsOf.choice,
    reference: "segment",
    says: { did: "are in", didNot: "are not in" },
    hint: "A segment that asks about segments cannot be asked about.",
  },
  {
    id: "import",
    label: "Import",
    group: "membership",
    operators: operatorsOf.openChoice,
    reference: "import",
    says: { did: "came with", didNot: "did not come with" },
    hint: "The import that first brought them.",
  },
];

/** What a message of each channel is called, and what of it can be known. */
const traffic: Record<Channel, { label: string; message: string; kinds: readonly Deed[] }> = {
  email: { label: "Email", message: "an email", kinds: ["sent", "opened", "clicked", "replied", "converted"] },
  sms: { label: "SMS", message: "an SMS", kinds: ["sent", "clicked", "replied", "converted"] },
  whatsapp: {
    label: "WhatsApp",
    message: "a WhatsApp message",
    kinds: ["sent", "opened", "clicked", "replied", "converted"],
  },
  instagram: {
    label: "Instagram",
    message: "an Instagram message",
    kinds: ["sent", "opened", "clicked", "replied", "converted"],
  },
  facebook: {
    label: "Messenger",
    message: "a Messenger message",
    kinds: ["sent", "opened", "clicked", "replied", "converted"],
  },
  linkedin: { label: "LinkedIn", message: "a LinkedIn message", kinds: ["sent", "clicked", "replied", "converted"] },
  twitter: { label: "X", message: "a message on X", kinds: ["sent", "clicked", "replied", "converted"] },
  chat: { label: "Web chat", message: "a chat message", kinds: ["sent", "replied", "converted"] },
  contact_form: { label: "Contact form", message: "a contact form", kinds: ["sent", "replied", "converted"] },
};
const channelsHere = Object.keys(traffic) as Channel[];

type Deed = "sent" | "opened" | "clicked" | "replied" | "converted";
const deeds: Record<Deed, { label: string; did: string; didNot: string }> = {
  sent: { label: "was sent", did: "were sent", didNot: "were not sent" },
  opened: { label: "opened", did: "opened", didNot: "did not open" },
  clicked: { label: "clicked", did: "clicked in", didNot: "did not click in" },
  replied: { label: "replied", did: "replied to", didNot: "did not reply to" },
  converted: { label: "bought after", did: "bought after", didNot: "did not buy after" },
};

const deedField = (channel: Channel | "any", label: string, message: string, deed: Deed): Field => ({
  id: `${deed}:${channel}`,
  label: `${label}: ${deeds[deed].label}`,
  group: "engagement",
  operators: operatorsOf.deed,
  says: { did: `${deeds[deed].did} ${message}`, didNot: `${deeds[deed].didNot} ${message}` },
  hint: "How often, or when last.",
});

const engagementFields: Field[] = [
  ...(Object.keys(deeds) as Deed[]).map((deed) => deedField("any", "Any channel", "any message", deed)),
  ...channelsHere.flatMap((channel) =>
    traffic[channel].kinds.map((deed) => deedField(channel, traffic[channel].label, traffic[channel].message, deed)),
  ),
];

/** Channels on which we may be the ones to write first. */
export const writableChannels = ["email", "sms", "whatsapp", "instagram", "facebook", "linkedin", "twitter"] as const;

const consentFields: Field[] = writableChannels.flatMap((channel): Field[] => {
  const { label } = traffic[channel];
  return [
    {
      id: `may_contact:${channel}`,
      label: `${label}: may be written to`,
      group: "consent",
      operators: operatorsOf.flag,
      says: { did: `may be sent marketing by ${label}`, didNot: `may not be sent marketing by ${label}` },
      hint: "There is an address, it is not suppressed, and the consent to marketing stands.",
    },
    {
      id: `consent:${channel}`,
      label: `${label}: consent to marketing`,
      group: "consent",
      operators: operatorsOf.choice,
      values: choices(["granted", "pending", "denied", "unknown"]),
      says: { noun: `${label} consent` },
      hint: "What they last said, or unknown where nobody asked.",
    },
    {
      id: `suppressed:${channel}`,
      label: `${label}: suppressed`,
      group: "consent",
      operators: operatorsOf.flag,
      says: { did: `are suppressed on ${label}`, didNot: `are not suppressed on ${label}` },
      hint: "Their address bounced, complained or asked to be left alone.",
    },
  ];
});

/** The fields that every workspace has. */
export const commonFields: readonly Field[] = [
  ...profileFields,
  ...referenceFields,
  ...behaviourFields,
  ...engagementFields,
  ...consentFields,
];

const attributeOperators: Record<AttributeType, readonly Operator[]> = {
  text: operatorsOf.text,
  number: [...operatorsOf.number, "is_known", "is_unknown"],
  boolean: [...operatorsOf.flag, "is_known", "is_unknown"],
  date: operatorsOf.day,
};

/** The field of an attribute that the workspace declared. */
export function attributeField(attribute: { id: string; key: string; label: string; type: AttributeType }): Field {
  return {
    id: `attribute:${attribute.key}`,
    label: attribute.label,
    group: "attributes",
    operators: attributeOperators[attribute.type],
    attribute: { id: attribute.id, type: attribute.type },
    says: { noun: attribute.label },
    hint: `The attribute ${attribute.key}.`,
  };
}

export type Fields = ReadonlyMap<string, Field>;
export const fieldMap = (fields: Iterable<Field>): Fields => new Map([...fields].map((field) => [field.id, field]));
