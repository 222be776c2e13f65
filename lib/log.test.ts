import { describe, expect, test } from "vitest";
import { withoutSecrets } from "./log";

describe("what the log never shows", () => {
  test("fields that are named after a secret, at any depth", () => {
    const shown = JSON.stringify(
      withoutSecrets({
        headers: { authorization: "Bearer canary1", Cookie: "canary2", "set-cookie": ["canary3"], accept: "text/html" },
        body: [{ password: "canary4", newPassword: "canary5", api_key: "canary6", otp: "canary7", name: "Rose-Laure" }],
      }),
    );
    expect(shown).not.toContain("canary");
    expect(shown).toContain("text/html");
    expect(shown).toContain("Rose-Laure");
  });

  test("secrets inside sentences", () => {
    const shown = JSON.stringify(
      withoutSecrets({
        a: "connect postgres://owner:canary1@127.0.0.1:5432/x failed",
        b: "key ms_live_AbCd1234_canary2 refused",
        c: "sent Authorization: Bearer canary3canary3",
        d: "GET /accept?token=canary4&x=1",
      }),
    );
    expect(shown).not.toContain("canary");
    expect(shown).toContain("x=1");
    expect(shown).toContain("127.0.0.1:5432");
  });

  test("an error's parameters and rows, while its message, code and cause remain", () => {
    const error = Object.assign(new Error("duplicate key", { cause: new Error("below") }), {
      code: "23505",
      parameters: ["canary"],
      detail: "Key (email)=(canary) already exists.",
    });
    const shown = JSON.stringify(withoutSecrets({ error }));
    expect(shown).not.toContain("canary");
    expect(shown).toContain("23505");
    expect(shown).toContain("below");
  });

  test("the values of a failed statement, which Drizzle writes into message and stack", () => {
    const error = new Error(
      'Failed query: insert into "people" values ($1, $2)\nparams: canary@example.test,canary\n    at x',
    );
    const shown = JSON.stringify(withoutSecrets({ error, said: `DrizzleQueryError: ${error.message}` }));
    expect(shown).not.toContain("canary");
    expect(shown.match(/insert into/g)).toHaveLength(3);
  });

  test("keys of every brand, and a session's cookie", async () => {
    const { newKey } = await import("@/lib/domain/access/secrets");
    for (const brand of ["workspace", "platform"] as const) {
      const { secret } = newKey(brand);
      expect(JSON.stringify(withoutSecrets({ said: `refused ${secret} here` }))).not.toContain(secret.slice(16));
    }
    expect(withoutSecrets("cookie: theme=dark; __Host-sid=eyJhbGci.canary; sid.0=canary")).not.toContain("canary");
  });

  test("keeps the ids that are only named like secrets", () => {
    expect(withoutSecrets({ key_id: "key_1", session_id: "ses_1", status_code: 200, token_count: null })).toEqual({
      key_id: "key_1",
      session_id: "ses_1",
      status_code: 200,
      token_count: null,
    });
  });

  test("survives what refers to itself", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(JSON.stringify(withoutSecrets(loop))).toContain("[deep]");
  });
});
