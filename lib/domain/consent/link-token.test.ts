import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channels } from "@/lib/domain/channels/vocabulary";
import { type Link, linkKinds, openLink, sealLink } from "./link-token";

const key = Buffer.alloc(32, 1);
const anyId = fc.uuid().filter((id) => !/^[0-]+$/.test(id));
const link = fc.record<Link>({
  kind: fc.constantFrom(...linkKinds),
  tenantId: fc.uuid(),
  contactId: fc.uuid(),
  channel: fc.constantFrom(...channels),
  about: fc.option(anyId, { nil: null }),
  address: fc.option(anyId, { nil: null }),
  expiresAt: fc.option(
    fc.integer({ min: 1, max: 2 ** 40 }).map((seconds) => new Date(seconds * 1000)),
    { nil: null },
  ),
});

describe("a signed link", () => {
  it("opens as what it was sealed as", () => {
    fc.assert(
      fc.property(link, (given) => {
        const token = sealLink(key, given);
        expect(token).toMatch(/^[A-Za-z0-9_-]{119}$/);
        expect(openLink(key, token)).toEqual(given);
      }),
    );
  });

  it("opens nothing once a single letter is another", () => {
    fc.assert(
      fc.property(link, fc.nat(118), fc.constantFrom(..."AZaz09_-"), (given, at, letter) => {
        const token = sealLink(key, given);
        fc.pre(token[at] !== letter);
        expect(openLink(key, token.slice(0, at) + letter + token.slice(at + 1))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it("opens nothing under another key, cut, or made up", () => {
    fc.assert(
      fc.property(link, fc.string(), (given, text) => {
        const token = sealLink(key, given);
        expect(openLink(Buffer.alloc(32, 2), token)).toBeNull();
        expect(openLink(key, token.slice(1))).toBeNull();
        expect(openLink(key, `${token}A`)).toBeNull();
        expect(openLink(key, text)).toBeNull();
      }),
    );
  });
});
