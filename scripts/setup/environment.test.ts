import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { ensureSecrets, isLoopback, mergedEnvironment } from "./environment";

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "madan-environment-"));
  folders.push(made);
  return made;
};

afterEach(() => {
  vi.unstubAllEnvs();
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

test("what the process was given wins over .env.local, which wins over .env; empty means not given", () => {
  const merged = mergedEnvironment(
    { A: "process", B: "", D: undefined },
    "A=local\nB=local\nC=",
    "A=shared\nB=shared\nC=shared\nD=shared",
  );
  expect(merged).toEqual({ A: "process", B: "local", C: "shared", D: "shared" });
});

test("secrets are made once, for this user only, and found again by the next start", () => {
  const dir = folder();
  vi.stubEnv("AUTH_SECRET", "");
  vi.stubEnv("ENCRYPTION_KEYS", "");
  ensureSecrets(dir);
  const first = { auth: process.env.AUTH_SECRET, keys: process.env.ENCRYPTION_KEYS };
  expect(first.auth).toMatch(/^[A-Za-z0-9+/]{64}$/);
  expect(first.keys).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);
  expect(statSync(join(dir, "secrets.env")).mode & 0o777).toBe(0o600);

  vi.stubEnv("AUTH_SECRET", "");
  vi.stubEnv("ENCRYPTION_KEYS", "");
  ensureSecrets(dir);
  expect({ auth: process.env.AUTH_SECRET, keys: process.env.ENCRYPTION_KEYS }).toEqual(first);
});

test("a given secret is used and not written down", () => {
  const dir = folder();
  vi.stubEnv("AUTH_SECRET", "given-given-given-given-given-given");
  vi.stubEnv("ENCRYPTION_KEYS", "");
  ensureSecrets(dir);
  expect(process.env.AUTH_SECRET).toBe("given-given-given-given-given-given");
  expect(readFileSync(join(dir, "secrets.env"), "utf8")).not.toContain("given-given");
});

test.each([
  ["127.0.0.1", true],
  ["127.8.8.8", true],
  ["localhost", true],
  ["::1", true],
  ["0.0.0.0", false],
  ["::", false],
  ["192.168.1.4", false],
  ["127.0.0.1.example.com", false],
])("bound to %s, the demo workspace is made: %s", (host, fine) => expect(isLoopback(host)).toBe(fine));
