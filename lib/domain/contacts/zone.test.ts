import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTimeZone } from "@/lib/kernel/time";
import { zoneSources } from "./vocabulary";
import { inferZone, type ZoneFacts } from "./zone";

const facts = (overrides: Partial<ZoneFacts> = {}): ZoneFacts => ({
  own: null,
  phone: null,
  locale: null,
  visit: null,
  workspace: "America/Port-au-Prince",
  ...overrides,
});

describe("inferZone", () => {
  it("trusts what was said before everything else", () => {
    const all = { own: "Asia/Tokyo", phone: "+50934123456", locale: "fr-FR", visit: "America/Bogota" };
    expect(inferZone(facts(all))).toEqual({
      zone: "Asia/Tokyo",
      source: "own",
      candidates: ["Asia/Tokyo"],
      because: "Set on the contact.",
    });
  });

  it("then the phone, then the locale, then the visit, then the workspace", () => {
    const phone = { phone: "+33612345678", locale: "de-DE", visit: "America/Bogota" };
    expect(inferZone(facts(phone))).toMatchObject({ zone: "Europe/Paris", source: "phone" });
    expect(inferZone(facts({ locale: "ja-JP", visit: "America/Bogota" }))).toMatchObject({
      zone: "Asia/Tokyo",
      source: "locale",
      because: "From the locale ja-JP: Japan.",
    });
    expect(inferZone(facts({ visit: "America/Bogota" }))).toMatchObject({ zone: "America/Bogota", source: "visit" });
    expect(inferZone(facts())).toMatchObject({ zone: "America/Port-au-Prince", source: "workspace" });
  });

  it("says the phone's country in words", () => {
    expect(inferZone(facts({ phone: "+50934123456" })).because).toBe("From the phone number: +509 is Haiti.");
    expect(inferZone(facts({ phone: "+12125550123" })).because).toBe("From the phone number: +1 212 is United States.");
  });

  it("keeps every zone that it could be, and takes the workspace's own for the clock", () => {
    const read = inferZone(facts({ phone: "+61412345678", workspace: "Australia/Perth" }));
    expect(read).toMatchObject({ zone: "Australia/Perth", source: "phone" });
    expect(read.candidates).toEqual(expect.arrayContaining(["Australia/Perth", "Australia/Sydney"]));
  });

  it("lets a visit decide between the phone's zones, and not against them", () => {
    const visited = inferZone(
      facts({ phone: "+61412345678", visit: "Australia/Perth", workspace: "Australia/Sydney" }),
    );
    expect(visited).toMatchObject({ zone: "Australia/Perth", source: "visit", candidates: ["Australia/Perth"] });
    const abroad = inferZone(facts({ phone: "+61412345678", visit: "Europe/Paris" }));
    expect(abroad.source).toBe("phone");
    expect(abroad.candidates).not.toContain("Europe/Paris");
    expect(abroad.candidates.length).toBeGreaterThan(1);
  });

  it("knows a zone under its other name", () => {
    expect(inferZone(facts({ locale: "en-AU", visit: "Australia/ACT" }))).toMatchObject({ source: "visit" });
    expect(inferZone(facts({ phone: "+61412345678", workspace: "Australia/NSW" })).zone).toBe("Australia/Sydney");
  });

  it("guesses the zone where most of the country lives when nothing else helps", () => {
    expect(inferZone(facts({ phone: "+79161234567" })).zone).toBe("Europe/Moscow");
    expect(inferZone(facts({ phone: "+447911123456" })).zone).toBe("Europe/London");
    expect(inferZone(facts({ locale: "en-US", workspace: "Europe/Paris" })).zone).toBe("America/New_York");
  });

  it.each(["en", "", "??", "x", "fr-ZZ", "es-419", "en-US-u-tz-zzzz-", "a".repeat(500), "\0", "_"])(
    "passes over the locale %j, which names no place with a zone",
    (locale) => expect(inferZone(facts({ locale })).source).toBe("workspace"),
  );

  it("reads a locale as systems and people write it", () => {
    for (const locale of ["fr_HT.UTF-8", "ht-ht", " fr-HT ", "fr_HT@euro"])
      expect(inferZone(facts({ locale })).zone).toBe("America/Port-au-Prince");
  });

  it("passes over zones and numbers that nobody knows", () => {
    const odd = facts({ own: "Mars/Base", visit: "local", phone: "+999", workspace: "nowhere" });
    expect(inferZone(odd)).toMatchObject({ zone: "UTC", source: "workspace" });
  });

  it("never throws, and always answers with a known zone that is among its candidates", () => {
    const text = fc.option(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(
          "Europe/Paris",
          "America/New_York",
          "utc",
          "fr-HT",
          "en_US",
          "zh-Hant-TW",
          "+1",
          "+7",
          "+61412345678",
        ),
      ),
    );
    const sources = new Set<string>();
    fc.assert(
      fc.property(text, text, text, text, text, (own, phone, locale, visit, workspace) => {
        const read = inferZone({ own, phone, locale, visit, workspace: workspace ?? "UTC" });
        expect(isTimeZone(read.zone)).toBe(true);
        expect(read.candidates).toContain(read.zone);
        expect(read.because).toMatch(/^[A-Z].+\.$/s);
        sources.add(read.source);
      }),
      { numRuns: 1_000 },
    );
    expect([...sources].sort()).toEqual([...zoneSources].sort());
  });
});
