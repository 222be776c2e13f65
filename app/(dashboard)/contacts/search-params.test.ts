import { describe, expect, it } from "vitest";
import { contactSorts } from "@/lib/domain/contacts/shapes";
import { readUrlState } from "../_parts/url-words";
import { filterFrom, searchParams, sorts } from "./search-params";

const read = (search: string) => {
  const given = new URLSearchParams(search);
  return readUrlState(searchParams, (name) => given.get(name));
};

describe("the address of the contacts", () => {
  it("asks the API in its own words", () => {
    expect(filterFrom(read("q= jo &type=existing&tag=vip&sort=score"))).toEqual({
      search: "jo",
      customerType: "existing",
      tag: "vip",
    });
  });

  it("takes a word that it does not know as if it were not there", () => {
    expect(filterFrom(read("stage=nowhere&grade=Z&sort=sideways"))).toEqual({});
  });

  it("knows every order that the API knows", () => {
    expect(sorts).toEqual(contactSorts);
  });
});
