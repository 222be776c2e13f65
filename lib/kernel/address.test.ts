import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { isPublicAddress, judgeResolved, judgeUrl } from "./address";

const because = (url: string, allow: string[] = []) => {
  const verdict = judgeUrl(url, allow);
  return verdict.kind === "go" ? "go" : verdict.because;
};

describe("isPublicAddress", () => {
  it.each([
    ...["8.8.8.8", "93.184.216.34", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1"],
    ...["192.167.255.255", "198.17.255.255", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"],
  ])("%s is", (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ...["0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254"],
    ...["172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1"],
    ...["198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1"],
    ...["255.255.255.255", "168.63.129.16", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1"],
    ...["::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1"],
    ...["2001:db8::1", "2001:10::1", "2001:20::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "4000::1"],
    ...["5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1"],
    ...["2606:4700::5efe:7f00:1", "2606:4700:0:0:200:5efe:a00:1", "", "localhost", "127.1", "0x7f000001", "1.2.3.4.5"],
  ])("%s is not", (address) => expect(isPublicAddress(address)).toBe(false));

  it("knows an inner IPv4 address in each IPv6 form", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom("::ffff:", "::", "64:ff9b::", "::ffff:0:"), (address, prefix) => {
        expect(isPublicAddress(prefix + address)).toBe(false);
      }),
    );
  });

  it("gives the same answer however an IPv6 address is spelled", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const parsed = ipaddr.IPv6.parse(address);
        expect(isPublicAddress(parsed.toNormalizedString())).toBe(isPublicAddress(parsed.toString()));
      }),
    );
  });
});

describe("judgeUrl", () => {
  it.each([
    ...["https://example.com", "https://EXAMPLE.com:443/a?b=c#d", "https://example.com./", "https://münchen.de/"],
    ...[
      "https://8.8.8.8/",
      "https://[2606:4700:4700::1111]/",
      "https://example。com/",
      "https://a.example.com/@x:y",
      "https://example.com/?a=b\\c d",
    ],
  ])("lets %s go on to its addresses", (url) => expect(because(url)).toBe("go"));

  it.each([
    ["", "not_an_address"],
    ["example.com", "not_an_address"],
    ["https://", "not_an_address"],
    ["https://[fe80::1%25eth0]/", "not_an_address"],
    ["https://exa mple.com/", "not_an_address"],
    [" https://example.com/", "ambiguous_spelling"],
    ["https:\\\\example.com/", "ambiguous_spelling"],
    ["https://example.com\t.evil.com/", "ambiguous_spelling"],
    ["https://example.com\\@127.0.0.1/", "ambiguous_spelling"],
    ["https:example.com", "ambiguous_spelling"],
    ["https:///example.com", "ambiguous_spelling"],
    ["https://%31%32%37.0.0.1/", "ambiguous_spelling"],
    ["https://2130706433/", "ambiguous_spelling"],
    ["https://0x7f.0.0.1/", "ambiguous_spelling"],
    ["https://0177.0.0.1/", "ambiguous_spelling"],
    ["https://127.1/", "ambiguous_spelling"],
    ["https://0/", "ambiguous_spelling"],
    ["https://127.0.0.1./", "ambiguous_spelling"],
    ["https://①②⑦.⓪.⓪.①/", "ambiguous_spelling"],
    ["https://127。0。0。1/", "ambiguous_spelling"],
    ["https://user@example.com/", "credentials_in_address"],
    ["https://example.com:443@127.0.0.1/", "credentials_in_address"],
    ["https://@example.com/", "credentials_in_address"],
    ["http://example.com/", "scheme_not_allowed"],
    ["ftp://example.com/", "scheme_not_allowed"],
    ["file:///etc/passwd", "scheme_not_allowed"],
    ["javascript:alert(1)", "scheme_not_allowed"],
    ["https://example.com:8443/", "port_not_allowed"],
    ["https://example.com:80/", "port_not_allowed"],
    ["https://example.com:22/", "port_not_allowed"],
    ["https://127.0.0.1/", "private_address"],
    ["https://[::1]/", "private_address"],
    ["https://[::ffff:127.0.0.1]/", "private_address"],
    ["https://localhost/", "local_name"],
    ["https://LOCALHOST./", "local_name"],
    ["https://a.localhost/", "local_name"],
    ["https://metadata.google.internal/", "local_name"],
    [`https://example.com/${"a".repeat(9000)}`, "not_an_address"],
  ])("refuses %s: %s", (url, reason) => expect(because(url)).toBe(reason));

  it("lets through exactly what the operator listed", () => {
    const allow = ["127.0.0.1:4010", "mail.internal:443", "[::1]:80"];
    expect(because("http://127.0.0.1:4010/x", allow)).toBe("go");
    expect(because("https://mail.internal/", allow)).toBe("go");
    expect(because("http://[::1]/", allow)).toBe("go");
    expect(because("http://127.0.0.1:4011/x", allow)).toBe("scheme_not_allowed");
    expect(because("http://x@127.0.0.1:4010/x", allow)).toBe("credentials_in_address");
    expect(because("http://127.0.0.1.evil.com:4010/", allow)).toBe("scheme_not_allowed");
  });

  it("never throws, and never lets a literal inner address go", () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (text, address) => {
        judgeUrl(text);
        judgeUrl(`https://${text}/`);
        expect(because(`https://${address}/`) === "go").toBe(isPublicAddress(address));
      }),
    );
  });
});

describe("judgeResolved", () => {
  it("wants every answer to be public", () => {
    expect(judgeResolved(["93.184.216.34"])).toEqual({ kind: "go" });
    expect(judgeResolved(["93.184.216.34", "10.0.0.1"])).toEqual({ kind: "refuse", because: "private_address" });
    expect(judgeResolved([])).toEqual({ kind: "refuse", because: "name_not_found" });
  });
});
