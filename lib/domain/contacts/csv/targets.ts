/** Where a column of an import can go. It imports nothing, so the wizard and the worker read the same words. */
export const fixedTargets = [
  "external_id",
  "name",
  "first_name",
  "last_name",
  "email",
  "phone",
  "whatsapp",
  "instagram",
  "facebook",
  "linkedin",
  "twitter",
  "customer_type",
  "stage",
  "time_zone",
  "locale",
  "device_preference",
  "preferred_channel",
  "company",
  "tags",
  "owner",
  "note",
  "consent_email",
  "consent_sms",
  "consent_whatsapp",
] as const;
export type FixedTarget = (typeof fixedTargets)[number];

export type ImportTarget = FixedTarget | `attribute:${string}`;

export const targetLabels: Record<FixedTarget, string> = {
  external_id: "Own number (external id)",
  name: "Name",
  first_name: "First name",
  last_name: "Last name",
  email: "E-mail address",
  phone: "Phone",
  whatsapp: "WhatsApp",
  instagram: "Instagram",
  facebook: "Facebook",
  linkedin: "LinkedIn",
  twitter: "X (Twitter)",
  customer_type: "Customer type",
  stage: "Stage",
  time_zone: "Time zone",
  locale: "Language",
  device_preference: "Preferred device",
  preferred_channel: "Preferred channel",
  company: "Company",
  tags: "Tags",
  owner: "Owner",
  note: "Note",
  consent_email: "Consent to e-mail",
  consent_sms: "Consent to SMS",
  consent_whatsapp: "Consent to WhatsApp",
};

const attributePrefix = "attribute:";

export const attributeTarget = (key: string): ImportTarget => `${attributePrefix}${key}`;

/** The key of the custom attribute that a target means, or null for a fixed one. */
export const attributeKeyOf = (target: ImportTarget): string | null =>
  target.startsWith(attributePrefix) ? target.slice(attributePrefix.length) : null;

export const isFixedTarget = (target: string): target is FixedTarget =>
  (fixedTargets as readonly string[]).includes(target);
