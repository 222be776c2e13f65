/** The nine ways to reach a person, as they are written on the wire. People read their names in `labels.ts`. */
export const channels = [
  "email",
  "sms",
  "whatsapp",
  "instagram",
  "facebook",
  "linkedin",
  "twitter",
  "chat",
  "contact_form",
] as const;
export type Channel = (typeof channels)[number];

/** What a message is for: the law asks more of one that sells than of one that was asked for. */
export const purposes = ["marketing", "transactional"] as const;
export type Purpose = (typeof purposes)[number];
