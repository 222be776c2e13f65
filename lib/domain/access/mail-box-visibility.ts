import type { Mailer } from "./ports";

export type MailBoxFacts = {
  mailer: Mailer["kind"];
  isEmbedded: boolean;
  /** HOST: where the server listens. */
  boundTo: string;
  /** The name in the request's Host header, perhaps with a port. */
  askedAs: string | null;
  clientIp: string | null;
  /** Nobody passed the request on. */
  isDirect: boolean;
};

export type MailBoxVisibility =
  | { kind: "shown" }
  | {
      kind: "hidden";
      because: "mail_goes_out" | "own_database" | "listens_outside" | "passed_on" | "other_machine" | "other_name";
    };

/**
 * The development box shows letters that open accounts, so only somebody who sits at the machine may read it: a
 * newcomer's own start, asked from that machine, under its own name. The name counts because a page elsewhere can point
 * a name of its own at 127.0.0.1 and read what answers there.
 */
export function mailBoxVisibility(facts: MailBoxFacts): MailBoxVisibility {
  const hidden = (because: Extract<MailBoxVisibility, { kind: "hidden" }>["because"]) =>
    ({ kind: "hidden", because }) as const;
  if (facts.mailer !== "box") return hidden("mail_goes_out");
  if (!facts.isEmbedded) return hidden("own_database");
  if (!isLoopback(facts.boundTo)) return hidden("listens_outside");
  if (!facts.isDirect) return hidden("passed_on");
  // An address only: "localhost" is no address that a socket could have.
  if (facts.clientIp === "localhost" || !isLoopback(facts.clientIp)) return hidden("other_machine");
  if (!isLoopback(nameOf(facts.askedAs))) return hidden("other_name");
  return { kind: "shown" };
}

function nameOf(host: string | null): string | null {
  return /^(\[[0-9a-f:]+\]|[^:[\]]+)(:\d{1,5})?$/i.exec(host ?? "")?.[1]?.replace(/^\[|\]$/g, "") ?? null;
}

function isLoopback(name: string | null): boolean {
  return name?.toLowerCase() === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name ?? "");
}
