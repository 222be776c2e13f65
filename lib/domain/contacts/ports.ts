import type { PhoneRefusal } from "./phone";

/** What contacts need from outside; wired in `lib/ports.ts`. */
export type PhoneReading =
  | { kind: "ok"; e164: string; country: string | null; isMobile: boolean | null }
  | { kind: "no"; because: PhoneRefusal };

export interface PhoneNumbers {
  /** `defaultCountry` (ISO 3166) is where a number without a country code belongs. */
  read(text: string, defaultCountry?: string): PhoneReading;
}

/** What is hashed: two channels that use one phone share its hash. */
export type AddressKind =
  | "email"
  | "phone"
  | "whatsapp"
  | "instagram"
  | "facebook"
  | "linkedin"
  | "twitter"
  | "chat"
  | "external_id";

export interface AddressHashes {
  /** `address` in its one normal spelling. */
  hash(tenantId: string, kind: AddressKind, address: string): string;
  /** Tells one pepper from another without saying it. */
  fingerprint(): string;
}

export interface ContactPorts {
  phones: PhoneNumbers;
  hashes: AddressHashes;
}
