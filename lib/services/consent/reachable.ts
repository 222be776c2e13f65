import type { loadReachable } from "@/db/queries/consent/load-reachable";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import type { AddressFact, SuppressionFact } from "@/lib/domain/consent/may-contact";
import { plainAccount } from "@/lib/domain/contacts/account";
import { judgeEmail } from "@/lib/domain/contacts/email";
import type { AddressKind } from "@/lib/domain/contacts/ports";
import { invalid } from "@/lib/kernel/errors";
import type { Context } from "../context";

type Loaded = Awaited<ReturnType<typeof loadReachable>>;
export type Person = Loaded["people"][number];
export type Reachable = Person & { accounts: readonly { channel: Channel; addressHash: string }[] };
export type Stop = SuppressionFact & { id: string };

/**
 * Under which hashes each channel reaches a person. A phone serves SMS and WhatsApp alike, so what stops the number as a
 * whole stops both.
 */
export function addressesOf(
  ctx: Pick<Context, "ports">,
  person: Reachable,
): Partial<Record<Channel, readonly AddressFact[]>> {
  const addresses: Partial<Record<Channel, AddressFact[]>> = {};
  const add = (channel: Channel, hash: string, isUsable: boolean) => {
    addresses[channel] = [...(addresses[channel] ?? []), { hash, isUsable }];
  };
  if (person.email !== null && person.emailHash !== null) add("email", person.emailHash, true);
  if (person.phone !== null && person.phoneHash !== null) {
    const reading = ctx.ports.phones.read(person.phone);
    // A landline takes no text messages; where the numbering plan does not say, the vendor will.
    const isUsable = reading.kind === "ok" && reading.isMobile !== false;
    add("sms", person.phoneHash, isUsable);
    add("whatsapp", person.phoneHash, reading.kind === "ok");
  }
  for (const account of person.accounts) add(account.channel, account.addressHash, true);
  return addresses;
}

/** Every hash by which the list may know this person. */
export function hashesOf(person: Reachable): string[] {
  const all = [person.emailHash, person.phoneHash, ...person.accounts.map((account) => account.addressHash)];
  return [...new Set(all.filter((hash) => hash !== null))];
}

export function toStop(row: Loaded["stops"][number]): Stop {
  const { id, addressHash, channel, reason, scope, scopeKey, source, createdAt } = row;
  return { id, addressHash, channel, reason, scope, scopeKey, source, since: createdAt };
}

/** What somebody typed as one address, in its one normal spelling and then as a hash: it is written down nowhere else. */
export function hashTyped(ctx: Pick<Context, "ports" | "tenantId">, address: string, channel: Channel | "*"): string[] {
  const { hashes, phones } = ctx.ports;
  const hash = (kind: AddressKind, text: string) => hashes.hash(ctx.tenantId, kind, text);
  const looksLikeEmail = address.includes("@") && !address.trim().startsWith("@");
  if (channel === "email" || channel === "contact_form" || (channel === "*" && looksLikeEmail)) {
    const reading = judgeEmail(address);
    if (reading.kind === "no") throw invalid("/address", "This is not an e-mail address.");
    return [hash("email", reading.address)];
  }
  if (channel === "sms" || channel === "whatsapp" || channel === "*") {
    const reading = phones.read(address);
    if (reading.kind === "no") {
      throw invalid("/address", "This is not a phone number. Write it with the country code, like +509 3412 3456.");
    }
    const digits = reading.e164.slice(1);
    return channel === "sms"
      ? [hash("phone", reading.e164)]
      : [hash("phone", reading.e164), hash("whatsapp", reading.e164), hash("whatsapp", digits)];
  }
  return [hash(channel, plainAccount(channel, address))];
}
