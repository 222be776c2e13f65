import { describe, expect, it } from "vitest";
import { BadEnvironment, readEnv } from "./env";

const good = {
  DATABASE_URL: "postgres://owner:pw@localhost:5432/madan_sara",
  AUTH_SECRET: "x".repeat(32),
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString("base64")}`,
};

const refusal = (changes: Record<string, string | undefined>) => {
  try {
    readEnv({ ...good, ...changes });
  } catch (error) {
    if (error instanceof BadEnvironment) return error.message;
  }
  return "";
};

describe("the environment", () => {
  it("needs three variables and has a default for every other", () => {
    expect(readEnv(good)).toMatchObject({ PORT: 3000, HOST: "127.0.0.1", DATABASE_EMBEDDED: false, DATABASE_POOL: 10 });
  });

  it.each([
    ["DATABASE_URL", undefined],
    ["DATABASE_URL", "mysql://x"],
    ["AUTH_SECRET", "short"],
    ["ENCRYPTION_KEYS", "k1:short"],
    ["PORT", "70000"],
    ["PORT", "http"],
    ["PUBLIC_URL", "ftp://x"],
    ["PUBLIC_URL", "sara.example.com"],
    ["LOG_LEVEL", "loud"],
    ["SMTP_URL", "http://mail"],
    ["METRICS_TOKEN", "short"],
    ["TRUSTED_PROXY_HOPS", "-1"],
  ])("is refused with %s=%s, by name", (name, value) => expect(refusal({ [name]: value })).toContain(`  ${name} `));

  it("names all that is wrong at once, and no secret", () => {
    const message = refusal({ AUTH_SECRET: "my-own-secret", PORT: "x" });
    expect(message).toContain("AUTH_SECRET");
    expect(message).toContain("PORT");
    expect(message).not.toContain("my-own-secret");
  });

  it.each([
    ["INNGEST_EVENT_KEY", { INNGEST_SIGNING_KEY: "signkey-prod-00" }],
    ["INNGEST_SIGNING_KEY", { INNGEST_EVENT_KEY: "k" }],
    ["INNGEST_EVENT_KEY", { INNGEST_BASE_URL: "http://localhost:8288" }],
  ])("wants %s too where half of a real engine is named", (name, given) => {
    expect(refusal(given)).toContain(`  ${name} `);
  });

  it("takes an empty value for one that is not set", () => {
    const read = readEnv({ ...good, SMTP_URL: "", PORT: "" });
    expect([read.PORT, read.SMTP_URL]).toEqual([3000, undefined]);
  });

  it("drops the slash at the end of an address", () => {
    expect(readEnv({ ...good, PUBLIC_URL: "https://sara.example.com/" }).PUBLIC_URL).toBe("https://sara.example.com");
  });
});
