import { describe, expect, it } from "vitest";
import { routes } from "@/app/api/v1/routes";
import { openapi } from "./openapi";

const document = openapi(routes) as { paths: Record<string, Record<string, unknown>> };

/** Every reference of the document, with the place that it names. */
function refsOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "$ref" in value && typeof value.$ref === "string" ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(refsOf)];
}

function leadsSomewhere(ref: string): boolean {
  let at: unknown = document;
  for (const part of ref.replace(/^#\//, "").split("/")) at = (at as Record<string, unknown> | undefined)?.[part];
  return at !== undefined;
}

describe("the document of the API", () => {
  it("has an operation for every door", () => {
    expect(Object.keys(document.paths)).toHaveLength(routes.length);
  });

  it("refers to nothing that is not there", () => {
    const refs = refsOf(document);
    expect(refs.length).toBeGreaterThan(50);
    expect([...new Set(refs)].filter((ref) => !leadsSomewhere(ref))).toEqual([]);
  });

  it("names no operation twice", () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => (operation as { operationId: string }).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});
