import { getCountries, getCountryCallingCode, getExampleNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { describe, expect, it } from "vitest";
import { isTimeZone } from "@/lib/kernel/time";
import { findPhoneCountry, findPhoneZones, zonesOfPhone } from "./phone-zones";

describe("zonesOfPhone", () => {
  it.each([
    ["+50934123456", ["America/Port-au-Prince"]],
    ["+12125550123", ["America/New_York"]],
    ["+13125550123", ["America/Chicago"]],
    ["+14155550123", ["America/Los_Angeles"]],
    ["+18765550123", ["America/Jamaica"]],
    ["+33612345678", ["Europe/Paris"]],
    ["+5511961234567", ["America/Sao_Paulo"]],
    ["+919876543210", ["Asia/Kolkata"]],
    ["+12192265555", ["America/Chicago"]],
  ])("knows where %s is", (phone, zones) => expect(zonesOfPhone(phone)).toEqual(zones));

  it("keeps every zone of the country for a mobile that is tied to no place", () => {
    expect(zonesOfPhone("+61412345678")).toEqual(expect.arrayContaining(["Australia/Perth", "Australia/Sydney"]));
    expect(zonesOfPhone("+79161234567")).toEqual(expect.arrayContaining(["Europe/Moscow", "Asia/Kamchatka"]));
    expect(zonesOfPhone("+61892345678")).not.toContain("Australia/Sydney");
  });

  it("knows every calling code that gives out numbers, and no zone that the runtime does not", () => {
    const without = getCountries().filter((country) => !zonesOfPhone(`+${getCountryCallingCode(country)}`).length);
    expect(without).toEqual([]);
    const named = new Set(
      getCountries().flatMap((country) => zonesOfPhone(getExampleNumber(country, examples)?.number ?? "")),
    );
    expect(named.size).toBeGreaterThan(200);
    expect([...named].filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  it("says nothing of what is no number", () => {
    for (const text of ["", "+", "+0", "abc", "+999"]) {
      expect(findPhoneZones(text)).toBeNull();
      expect(findPhoneCountry(text)).toBeNull();
    }
  });
});

describe("findPhoneCountry", () => {
  it.each([
    ["+50934123456", "509", "HT"],
    ["+12125550123", "1212", "US"],
    ["+14165550123", "1416", "CA"],
    ["+18765550123", "1876", "JM"],
    ["+18095550123", "1809", "DO"],
    ["+38343201234", "383", "XK"],
    ["+77011234567", "77", "KZ"],
    ["+79161234567", "7", "RU"],
  ])("knows whose %s is", (phone, prefix, country) => expect(findPhoneCountry(phone)).toEqual({ prefix, country }));

  it("gives a toll-free number of North America to nobody", () => {
    expect(findPhoneCountry("+18005550123")).toBeNull();
  });
});
