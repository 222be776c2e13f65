/** What the verbs of access need from outside; wired in `lib/ports.ts`. */
export type Mail = { to: string; subject: string; text: string; html: string; idempotencyKey: string };

export type MailOutcome = { kind: "accepted"; id: string } | { kind: "refused"; because: string; retriable: boolean };

export interface Mailer {
  kind: "smtp" | "resend" | "box";
  send(mail: Mail): Promise<MailOutcome>;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes the same time for an unknown person: `stored` null is checked against a hash of nothing. */
  verify(password: string, stored: string | null): Promise<{ kind: "right"; rehash: boolean } | { kind: "wrong" }>;
  isCommon(text: string): boolean;
}

/** `table:column:tenant:row`: a sealed secret opens only where it was put. */
export type SecretPlace = `${string}:${string}:${string}:${string}`;

export interface SecretBox {
  seal(plain: string, place: SecretPlace): string;
  open(envelope: string, place: SecretPlace): string;
}

export interface AccessPorts {
  mailer: Mailer;
  passwords: Passwords;
  secrets: SecretBox;
  /** Where our own pages are reached: links in mails start with it, never with a request's Host. */
  publicUrl: string;
}
