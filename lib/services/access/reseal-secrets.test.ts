import { expect, it } from "vitest";
import { makePerson } from "@/db/factories/access";
import { findSecrets, saveSecrets } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import { createSecretBox } from "@/lib/providers/secret-box";
import { resealSecrets } from "./reseal-secrets";

const key = (kid: string, byte: number) => `${kid}:${Buffer.alloc(32, byte).toString("base64")}`;

it("seals with the new key what the old one sealed, and then the old one is not needed any more", async () => {
  const test = key("t1", 7);
  const person = await makePerson();
  const place = `person_secrets:totp_secret::${person.id}` as const;
  const sealed = createSecretBox(key("old", 1)).seal("JBSWY3DP", place);
  await asGate((db) => saveSecrets(db, person.id, { totpSecret: sealed }));

  // The suite's own key first: what other tests have sealed stays as it is.
  expect(await resealSecrets(createSecretBox([test, key("old", 1)].join(",")))).toBeGreaterThanOrEqual(1);
  const stored = (await asGate((db) => findSecrets(db, person.id)))?.totpSecret ?? "";
  expect(stored).not.toBe(sealed);
  expect(createSecretBox(test).open(stored, place)).toBe("JBSWY3DP");
});
