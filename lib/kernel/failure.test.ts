import { expect, it } from "vitest";
import { AppError } from "./errors";
import { failureInWords } from "./failure";

it("passes on what was written for people, and never a database's own words", () => {
  const otherwise = "It could not be written.";
  expect(failureInWords(new AppError("conflict", "The list was archived."), otherwise)).toBe("The list was archived.");
  const refused = new Error("Failed query: insert into contacts values ($1)\nparams: mirlande@example.test");
  expect(failureInWords(refused, otherwise)).toBe(otherwise);
});
