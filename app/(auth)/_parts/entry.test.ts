import { describe, expect, it } from "vitest";
import { readEntry, waitWords } from "./entry";

const answer = (query: string) => readEntry(`http://localhost:3000/sign-in${query}`);

describe("what next-auth's answer means", () => {
  it("is in where no error is named", () => {
    expect(readEntry("http://localhost:3000/overview")).toEqual({ kind: "in" });
    expect(readEntry("/overview?code=wait_3")).toEqual({ kind: "in" });
  });

  it("is a refusal of what was typed, without saying of which part", () => {
    expect(answer("?error=CredentialsSignin&code=refused")).toEqual({ kind: "refused" });
    expect(answer("?error=CredentialsSignin")).toEqual({ kind: "refused" });
  });

  it("is a wait with its seconds", () => {
    expect(answer("?error=CredentialsSignin&code=wait_17")).toEqual({ kind: "wait", seconds: 17 });
    expect(answer("?error=CredentialsSignin&code=wait_0")).toEqual({ kind: "wait", seconds: 1 });
    expect(answer("?error=CredentialsSignin&code=wait_soon")).toEqual({ kind: "refused" });
  });

  it.each(["?error=Configuration", "?error=CallbackRouteError&code=refused", "?error=MissingCSRF"])(
    "does not blame what was typed for %s",
    (query) => expect(answer(query).kind).toBe("failed"),
  );

  it.each([[undefined], [null], [42], ["http://"]])("takes no entry from %j", (address) =>
    expect(readEntry(address).kind).toBe("failed"),
  );
});

it("counts a wait down in words", () => {
  expect(waitWords(1)).toBe("1 s");
  expect(waitWords(59)).toBe("59 s");
  expect(waitWords(60)).toBe("1 min 00 s");
  expect(waitWords(125)).toBe("2 min 05 s");
});
