import { describe, expect, it } from "vitest";
import { faultsFromShape, fieldFromPointer, inOneSentence, refusedFields } from "./form-faults";

describe("a server's refusal, laid over a form", () => {
  const names = new Set(["dailyLimit", "address", "email"]);

  it("goes to the fields by the wire's own names", () => {
    expect(fieldFromPointer("/daily_limit")).toBe("dailyLimit");
    expect(fieldFromPointer("/address/street_name")).toBe("address.streetName");
    expect(fieldFromPointer("/a~1b")).toBe("a/b");
    const error = { message: "Invalid.", faults: [{ pointer: "/daily_limit", message: "Too much." }] };
    expect(refusedFields(error, names)).toEqual({
      faults: { dailyLimit: "Too much." },
      general: null,
      requestId: null,
    });
  });

  it("lands on the outer field when the inner one has none of its own", () => {
    const error = { message: "Invalid.", faults: [{ pointer: "/address/zip", message: "No such place." }] };
    expect(refusedFields(error, names).faults).toEqual({ address: "No such place." });
  });

  it("is never swallowed: what fits no field is said above", () => {
    const error = { message: "Invalid.", requestId: "req_1", faults: [{ pointer: "/unknown", message: "Odd." }] };
    expect(refusedFields(error, names)).toEqual({ faults: {}, general: "Odd.", requestId: "req_1" });
    expect(refusedFields({ message: "Too many tries." }, names).general).toBe("Too many tries.");
    expect(refusedFields("what", names).general).toMatch(/Try again/);
  });
});

it("keeps the first fault of a field", () => {
  const shape = {
    safeParse: () => ({
      success: false as const,
      error: {
        issues: [
          { path: ["email"], message: "first" },
          { path: ["email"], message: "second" },
        ],
      },
    }),
  };
  expect(faultsFromShape(shape, {})).toEqual({ email: "first" });
});

it("names things as one says them", () => {
  expect(inOneSentence(["name"])).toBe("name");
  expect(inOneSentence(["name", "email", "role"])).toBe("name, email and role");
});
