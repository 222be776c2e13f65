import { describe, expect, it } from "vitest";
import { writeLetter } from "@/lib/services/access/system-mail";
import { lettersDocument, ownLink, textParts } from "./letter-parts";

const letter = writeLetter(
  "darline@example.test",
  {
    subject: "s",
    lines: ["Hello Darline,"],
    action: { label: "Sign in", path: "/sign-in/link#abcdefghijklmnop" },
    footer: "f",
  },
  "http://localhost:3000",
  "k",
);

describe("a letter in the development box", () => {
  it("leads where its link leads, on this machine", () => {
    expect(ownLink(letter.text)).toBe("/sign-in/link#abcdefghijklmnop");
    expect(ownLink("No link here.")).toBeNull();
  });

  it("makes links of web addresses only", () => {
    const kinds = (text: string) =>
      textParts(text)
        .filter(({ kind }) => kind === "link")
        .map((piece) => piece.text);
    expect(kinds("Sign in: http://localhost:3000/a#b or javascript:alert(1)")).toEqual(["http://localhost:3000/a#b"]);
    expect(
      textParts(letter.text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(letter.text);
  });

  it("opens the links of its HTML in place of the page around it", () => {
    const html = lettersDocument(letter.html);
    expect(html).toMatch(/^<!doctype html><html lang="en"><head><base target="_top"><\/head><body/);
    expect(lettersDocument("<html><head><title>x</title></head></html>")).toContain(
      '<head><base target="_top"><title>',
    );
    expect(lettersDocument("<p>bare</p>")).toBe('<head><base target="_top"></head><p>bare</p>');
  });
});
