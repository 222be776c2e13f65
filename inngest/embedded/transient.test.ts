import { describe, expect, it } from "vitest";
import { isTransient, retried } from "./transient";

const fault = (code: string) => Object.assign(new Error("no"), { code });
const wrapped = (code: string) => new Error("Failed query", { cause: fault(code) });

describe("a fault of the database", () => {
  it.each([
    ...["40001", "40P01", "55P03", "57014", "57P01", "57P04", "25P03", "25006", "08006", "53300", "58030", "XX000"],
    ...["CONNECTION_CLOSED", "CONNECT_TIMEOUT", "ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "EAI_AGAIN"],
  ])("%s passes", (code) => {
    expect(isTransient(fault(code))).toBe(true);
    expect(isTransient(wrapped(code))).toBe(true);
  });

  it.each(["22P05", "22021", "23505", "42703", "54001", "21000"])("%s stays", (code) => {
    expect(isTransient(fault(code))).toBe(false);
    expect(isTransient(wrapped(code))).toBe(false);
  });

  it("is none where our own code failed", () => {
    expect(isTransient(new TypeError("x is undefined"))).toBe(false);
    expect(isTransient("no")).toBe(false);
  });
});

describe("trying again", () => {
  const failing = (times: number, code: string) => {
    let tried = 0;
    return {
      work: async () => {
        if (tried++ < times) throw fault(code);
        return tried;
      },
      tried: () => tried,
    };
  };

  it("goes on until it passes", async () => {
    expect(await retried(failing(3, "57P01").work)).toBe(4);
  });

  it("ends at once where it would only be told the same", async () => {
    const { work, tried } = failing(9, "22P05");
    await expect(retried(work)).rejects.toThrow();
    expect(tried()).toBe(1);
  });

  it("ends when its time is over", async () => {
    const { work, tried } = failing(1_000, "57P01");
    await expect(retried(work, 150)).rejects.toThrow();
    expect(tried()).toBeGreaterThan(1);
    expect(tried()).toBeLessThan(10);
  });
});
