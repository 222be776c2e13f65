import ipaddr from "ipaddr.js";

/** What a server may be sent to on somebody's word. Pure: names are resolved by the caller, who hands the answers back in. */
export const addressRefusals = [
  "not_an_address",
  "ambiguous_spelling",
  "scheme_not_allowed",
  "port_not_allowed",
  "credentials_in_address",
  "local_name",
  "name_not_found",
  "private_address",
] as const;
export type AddressRefusal = (typeof addressRefusals)[number];

export type UrlVerdict =
  | { kind: "refuse"; because: AddressRefusal }
  | { kind: "go"; url: URL; host: string; port: number; isIp: boolean; isAllowListed: boolean };

const LONGEST_URL = 8192;
/** RFC 6761, 6762, 8375 and ICANN's private-use name: never a host of the public internet. */
const localNames = ["localhost", "local", "internal", "localdomain", "home.arpa"];

/** `allow` is the operator's list of `host:port`: there, http, any port and any address are fine. */
export function judgeUrl(text: string, allow: readonly string[] = []): UrlVerdict {
  if (text.length > LONGEST_URL) return refuse("not_an_address");
  // Parsers disagree about these (some strip, some end the host there), and an address that two read differently is a trap.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(text) || /^[^?#]*\\/.test(text)) return refuse("ambiguous_spelling");
  if (!URL.canParse(text)) return refuse("not_an_address");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return refuse("scheme_not_allowed");

  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1];
  if (authority === undefined) return refuse("ambiguous_spelling");
  if (authority.includes("@")) return refuse("credentials_in_address");
  const written = authority.replace(/:\d*$/, "").toLowerCase();
  const host = url.hostname.replace(/\.$/, "");
  if (host === "" || written.includes("%")) return refuse("ambiguous_spelling");

  const isV6 = host.startsWith("[");
  const isIp = isV6 || ipaddr.IPv4.isValidFourPartDecimal(host);
  // Decimal, octal, hexadecimal, shortened and full-width numbers: 010.0.0.1 is 8.0.0.1 to one reader and 10.0.0.1 to another.
  if (isIp && !isV6 && written !== host) return refuse("ambiguous_spelling");

  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  const bare = isV6 ? host.slice(1, -1) : host;
  const go = { kind: "go", url, host: bare, port, isIp } as const;
  if (allow.includes(`${host}:${port}`)) return { ...go, isAllowListed: true };

  if (url.protocol !== "https:") return refuse("scheme_not_allowed");
  if (port !== 443) return refuse("port_not_allowed");
  if (isIp && !isPublicAddress(bare)) return refuse("private_address");
  if (localNames.some((name) => host === name || host.endsWith(`.${name}`))) return refuse("local_name");
  return { ...go, isAllowListed: false };
}

/** All of them must be public: a name with one inner address is a name that points inside. */
export function judgeResolved(
  addresses: readonly string[],
): { kind: "go" } | { kind: "refuse"; because: AddressRefusal } {
  if (addresses.length === 0) return refuse("name_not_found");
  return addresses.every(isPublicAddress) ? { kind: "go" } : refuse("private_address");
}

/** True only for what the public internet routes to a single host. Everything unknown is no. */
export function isPublicAddress(text: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    const address = ipaddr.IPv4.parse(text);
    return address.range() === "unicast" && !metadataServices.has(address.toString());
  }
  if (!text.includes(":") || text.includes("%") || !ipaddr.IPv6.isValid(text)) return false;
  const address = ipaddr.IPv6.parse(text);
  // Only 2000::/3 is given out. This also leaves out every way to write an IPv4 address in IPv6: mapped, compatible, NAT64.
  if (!address.match(globalUnicast) || address.range() !== "unicast") return false;
  const [, , , , high, low] = address.parts;
  const isIsatap = low === 0x5efe && (high === 0 || high === 0x200);
  return !isIsatap;
}

const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");
/** In public ranges by number, but answered inside a cloud: the virtual machine's own host on Azure. */
const metadataServices = new Set(["168.63.129.16"]);

const refuse = (because: AddressRefusal) => ({ kind: "refuse", because }) as const;
