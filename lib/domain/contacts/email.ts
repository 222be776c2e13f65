/** Why a text is not taken as an e-mail address. */
export const emailRefusals = [
  "empty",
  "too_long",
  "control_character",
  "invisible_character",
  "with_a_name",
  "several",
  "space",
  "quoted",
  "comment",
  "domain_literal",
  "no_at",
  "two_ats",
  "no_local_part",
  "no_domain",
  "local_too_long",
  "local_dots",
  "local_letters",
  "domain_too_long",
  "domain_dots",
  "domain_letters",
  "domain_hyphen",
  "label_too_long",
  "one_label",
  "numeric_ending",
] as const;
export type EmailRefusal = (typeof emailRefusals)[number];

export const emailRefusalLabels: Record<EmailRefusal, string> = {
  empty: "There is no address here.",
  too_long: "An e-mail address has at most 254 characters.",
  control_character: "The address holds a line break, a tab or another control character.",
  invisible_character: "The address holds a character that nobody can see; type it again by hand.",
  with_a_name: "Write only the address that stands between < and >, and put the name into its own field.",
  several: "There is more than one address here; keep one.",
  space: "The address holds a space.",
  quoted: "Addresses with quotation marks are not taken, because many mail systems refuse them.",
  comment: "Addresses with brackets are not taken; leave out the comment.",
  domain_literal: "The part after the @ must be a domain name such as example.com, not a number in brackets.",
  no_at: "The address has no @.",
  two_ats: "The address has more than one @.",
  no_local_part: "Nothing stands before the @.",
  no_domain: "Nothing stands after the @.",
  local_too_long: "The part before the @ has at most 64 characters.",
  local_dots: "The part before the @ starts or ends with a dot, or has two in a row.",
  local_letters: "The part before the @ holds a character that mail systems do not take.",
  domain_too_long: "The part after the @ has at most 253 characters.",
  domain_dots: "The part after the @ starts or ends with a dot, or has two in a row.",
  domain_letters: "The part after the @ holds a character that no domain name has.",
  domain_hyphen: "No part of a domain name starts or ends with a hyphen.",
  label_too_long: "A part of the domain name between two dots has at most 63 characters.",
  one_label: "The part after the @ has no ending such as .com or .ht.",
  numeric_ending: "A domain name does not end in a number.",
};

export type EmailReading =
  /** `note` says that the text itself was no address and our policy made it one: outer spaces were taken away. */
  { kind: "ok"; address: string; note?: "policy" } | { kind: "no"; because: EmailRefusal };

/** Far above any address with spaces around it, and short enough that reading it costs nothing. */
const longestText = 1_000;
const longestAddress = 254;
const longestDomain = 253;
const longestLocal = 64;
const longestLabel = 63;

/** Line breaks end a header and begin the next: they are never trimmed away, because that would hide who sent them. */
const control = /[\p{Cc}\u2028\u2029]/u;
/** Zero-width and bidi characters, half characters: two addresses that look alike and are not, or one that reads backwards. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}]/u;
const atoms = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+$/i;
const hostLetters = /^[a-z0-9.-]+$/;
/** IDNA 2008: letters, marks and digits of any script, no symbols. What UTS 46 makes of them is judged again in ASCII. */
const anyHostLetters = /^[\p{L}\p{M}\p{Nd}.\u00b7\u30fb-]+$/u;

/**
 * Whether a text is an address that ordinary mail systems deliver to, in the one spelling that is stored: lower-case, the
 * domain in ASCII. The rules are RFC 5321's without its rarities (quoted local parts, address literals), which are policy:
 * nobody's customers have them, and they are how injected text looks.
 */
export function judgeEmail(text: string): EmailReading {
  // Length before anything that reads the text, so that nobody pays for a megabyte.
  if (text.length > longestText) return no("too_long");
  if (text.trim() === "") return no("empty");
  if (control.test(text)) return no("control_character");
  if (invisible.test(text)) return no("invisible_character");

  const trimmed = text.trim();
  const shape = judgeShape(trimmed);
  if (shape) return no(shape);
  const at = trimmed.indexOf("@");
  const local = trimmed.slice(0, at);
  const fault = judgeLocal(local);
  if (fault) return no(fault);
  const domain = readDomain(trimmed.slice(at + 1));
  if (domain.kind === "no") return domain;

  const address = `${local.toLowerCase()}@${domain.ascii}`;
  if (address.length > longestAddress) return no("too_long");
  return trimmed === text ? { kind: "ok", address } : { kind: "ok", address, note: "policy" };
}

/** What the text is instead of one address; the most helpful name first. */
function judgeShape(text: string): EmailRefusal | null {
  const ats = text.split("@").length - 1;
  if (/^[^<>]*<[^<>]*>$/.test(text) && ats > 0) return "with_a_name";
  if (ats > 1 && /[\s,;|]/.test(text) && !text.includes('"')) return "several";
  if (text.includes('"')) return "quoted";
  if (/[()]/.test(text)) return "comment";
  if (text.includes("@[")) return "domain_literal";
  if (/\s/.test(text)) return "space";
  if (ats === 0) return "no_at";
  return ats > 1 ? "two_ats" : null;
}

function judgeLocal(local: string): EmailRefusal | null {
  if (local === "") return "no_local_part";
  if (local.length > longestLocal) return "local_too_long";
  if (hasLooseDots(local)) return "local_dots";
  return atoms.test(local) ? null : "local_letters";
}

function readDomain(domain: string): { kind: "ok"; ascii: string } | { kind: "no"; because: EmailRefusal } {
  if (domain === "") return no("no_domain");
  if (hasLooseDots(domain)) return no("domain_dots");
  const ascii = asciiOf(domain);
  if (ascii === null || !hostLetters.test(ascii)) return no("domain_letters");
  // UTS 46 may leave nothing of a letter, so the dots are looked at again.
  if (hasLooseDots(ascii)) return no("domain_dots");
  const labels = ascii.split(".");
  if (labels.some((label) => label.startsWith("-") || label.endsWith("-"))) return no("domain_hyphen");
  if (labels.some((label) => label.length > longestLabel)) return no("label_too_long");
  if (ascii.length > longestDomain) return no("domain_too_long");
  if (labels.length < 2) return no("one_label");
  if (/^\d+$/.test(labels.at(-1) ?? "")) return no("numeric_ending");
  return { kind: "ok", ascii };
}

/** The domain as resolvers ask for it, or null. ASCII goes past the URL parser, which reads 0x7f.1 as a number. */
function asciiOf(domain: string): string | null {
  const lower = domain.toLowerCase();
  if (hostLetters.test(lower)) return lower;
  if (!anyHostLetters.test(domain)) return null;
  const address = `http://${domain}/`;
  return URL.canParse(address) ? new URL(address).hostname : null;
}

const hasLooseDots = (text: string) => text.startsWith(".") || text.endsWith(".") || text.includes("..");

const no = (because: EmailRefusal) => ({ kind: "no", because }) as const;
