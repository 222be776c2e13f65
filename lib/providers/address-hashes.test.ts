import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { keyedHash } from "./address-hashes";

it("hashes as the platform's own HMAC does, with keys and texts of any length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: "binary", maxLength: 300 }), (key, text) => {
      const wanted = createHmac("sha256", key).update(text).digest("hex");
      expect(keyedHash(Buffer.from(key))(text)).toBe(wanted);
    }),
    { numRuns: 500 },
  );
  expect(keyedHash("pepper")("é\u{1f9f5}")).toBe(createHmac("sha256", "pepper").update("é\u{1f9f5}").digest("hex"));
});
