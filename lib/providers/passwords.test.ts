import { expect, it } from "vitest";
import { createPasswords } from "./passwords";

it("turns a flood of passwords away as busy, and checks the ones that wait", async () => {
  const passwords = createPasswords({ n: 2 ** 10, r: 8, p: 1 });
  const flood = await Promise.allSettled(Array.from({ length: 230 }, () => passwords.verify("a guess", null)));
  const turnedAway = flood.filter((one) => one.status === "rejected");
  // Two at a time and two hundred in line.
  expect(turnedAway).toHaveLength(28);
  for (const one of turnedAway) expect(one.reason).toMatchObject({ code: "unavailable", details: { reason: "busy" } });
  expect(await passwords.verify("a guess", await passwords.hash("a guess"))).toMatchObject({ kind: "right" });
});
