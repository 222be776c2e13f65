/** The words of contacts: who we talk to. It imports nothing, so every floor can use it. */
export const customerTypes = ["new", "returning", "existing"] as const;
export type CustomerType = (typeof customerTypes)[number];

export const stages = ["lead", "qualified", "opportunity", "customer", "lost"] as const;
export type Stage = (typeof stages)[number];

export const grades = ["A", "B", "C", "D", "E", "F"] as const;
export type Grade = (typeof grades)[number];

export const devices = ["mobile", "desktop", "tablet"] as const;
export type Device = (typeof devices)[number];

/** Channels whose address is an account at the vendor. E-mail address and phone are attributes of the contact itself. */
export const identityChannels = ["whatsapp", "instagram", "facebook", "linkedin", "twitter", "chat"] as const;
export type IdentityChannel = (typeof identityChannels)[number];

/** What a custom attribute may hold. */
export const attributeTypes = ["text", "number", "boolean", "date"] as const;
export type AttributeType = (typeof attributeTypes)[number];

/** What is counted of a channel's traffic with one person; each has its number and its last time. */
export const engagementKinds = ["sent", "delivered", "opened", "clicked", "replied", "converted"] as const;
export type EngagementKind = (typeof engagementKinds)[number];

/** Where a time zone was learned from, in the order of trust. */
export const zoneSources = ["own", "phone", "locale", "visit", "workspace"] as const;
export type ZoneSource = (typeof zoneSources)[number];

/** What can be done to many contacts at once, and taken back. */
export const bulkActs = [
  "tag",
  "untag",
  "owner",
  "stage",
  "segment_add",
  "segment_remove",
  "consent",
  "delete",
] as const;
export type BulkAct = (typeof bulkActs)[number];

/** How long work goes: it waits, runs, and ends in one of the others. */
export const workStates = ["waiting", "running", "done", "failed", "cancelled", "undoing", "undone"] as const;
export type WorkState = (typeof workStates)[number];

/** Why two contacts may be one person. */
export const duplicateReasons = ["same_email", "same_phone", "same_name"] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

/** The lines of a contact's time line, as far as contacts themselves know them. Later domains bring their own. */
export const contactEventKinds = [
  "note",
  "task",
  "consent",
  "suppression",
  "score",
  "segment",
  "merge",
  "import",
  "change",
] as const;
export type ContactEventKind = (typeof contactEventKinds)[number];
