import { expect, it } from "vitest";
import { newToken } from "@/lib/domain/access/secrets";
import { tokenFromHash } from "./link-token";

it("finds the token that a letter carries", () => {
  const token = newToken();
  expect(tokenFromHash(`#${token}`)).toBe(token);
});

it.each([
  "",
  "#",
  "#short",
  "#with space in the middle",
  `#${"a".repeat(257)}`,
  "#abcdefghijklmnop&x=1",
  "abcdefghijklmnop",
])("finds none in %j", (hash) => expect(tokenFromHash(hash)).toBeNull());
