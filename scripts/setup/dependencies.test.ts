import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

type Entry = { version?: string; integrity?: string; optional?: boolean; peer?: boolean; devOptional?: boolean };
type Packages = Record<string, Entry>;

// Plain JavaScript, because it runs before TypeScript is installed.
const { cleanedEnvironment, firstDifference, satisfies, staleness } = (await import(
  "./dependencies.mjs" as string
)) as {
  cleanedEnvironment(source: Record<string, string>): Record<string, string>;
  firstDifference(wanted: Packages, installed: Packages): string | null;
  satisfies(version: string, range: string): boolean;
  staleness(root: string): string | null;
};

describe("what makes an installation stale", () => {
  const next = { version: "16.4.6", integrity: "sha512-a" };

  test.each<[string, Packages, Packages, string | null]>([
    ["nothing", { "": {}, "node_modules/next": next }, { "node_modules/next": next }, null],
    ["a missing package", { "node_modules/next": next }, {}, "next is missing"],
    [
      "another version",
      { "node_modules/next": next },
      { "node_modules/next": { ...next, version: "16.4.5" } },
      "next has another version",
    ],
    [
      "another content",
      { "node_modules/next": next },
      { "node_modules/next": { ...next, integrity: "sha512-b" } },
      "next has another version",
    ],
    ["a missing package in a package", { "node_modules/a/node_modules/@b/c": next }, {}, "@b/c is missing"],
    ["not a binary for another system", { "node_modules/@esbuild/aix": { ...next, optional: true } }, {}, null],
    ["not a peer nobody needs", { "node_modules/p": { ...next, peer: true } }, {}, null],
    ["not a devOptional one", { "node_modules/p": { ...next, devOptional: true } }, {}, null],
    [
      "an optional one in another version",
      { "node_modules/p": { ...next, optional: true } },
      { "node_modules/p": { ...next, version: "1.0.0" } },
      "p has another version",
    ],
  ])("%s", (_, wanted, installed, answer) => expect(firstDifference(wanted, installed)).toBe(answer));

  describe("on disk", () => {
    let root = "";
    const put = (file: string, content: unknown) => {
      mkdirSync(join(root, file, ".."), { recursive: true });
      writeFileSync(join(root, file), JSON.stringify(content));
    };
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), "madan-dependencies-"));
      put("package.json", { dependencies: { next: "16.4.6" } });
      put("package-lock.json", { packages: { "": { dependencies: { next: "16.4.6" } }, "node_modules/next": next } });
      put("node_modules/.package-lock.json", { packages: { "node_modules/next": next } });
      put("node_modules/next/package.json", {});
    });
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    test("a complete installation is left alone", () => expect(staleness(root)).toBeNull());

    test("no node_modules at all", () => {
      rmSync(join(root, "node_modules"), { recursive: true });
      expect(staleness(root)).toBe("nothing is installed");
    });

    test("a package's folder was removed by hand", () => {
      rmSync(join(root, "node_modules/next"), { recursive: true });
      expect(staleness(root)).toBe("node_modules/next is gone");
    });

    test("package.json was edited without the lockfile", () => {
      put("package.json", { dependencies: { next: "16.4.6", zod: "4.6.7" } });
      expect(staleness(root)).toBe("package.json and the lockfile differ on zod");
    });

    test("an installation that was interrupted leaves broken JSON, and is done again", () => {
      writeFileSync(join(root, "node_modules/.package-lock.json"), '{"packages": {');
      expect(staleness(root)).toBe("nothing is installed");
    });
  });
});

test.each([
  ["v20.19.0", true],
  ["v20.18.3", false],
  ["v18.20.0", false],
  ["v22.0.0", true],
  ["v24.1.0-nightly2025", true],
])("Node %s is new enough: %s", (version, fine) => expect(satisfies(version, ">=20.19.0")).toBe(fine));

test("npm inside npm keeps proxy, cache and certificates, and nothing of the outer command", () => {
  const kept = {
    PATH: "/bin",
    npm_config_cache: "/c",
    https_proxy: "p",
    npm_config_cafile: "ca",
    NODE_EXTRA_CA_CERTS: "x",
  };
  const dropped = {
    NODE_ENV: "production",
    npm_lifecycle_event: "prestart",
    npm_package_name: "x",
    npm_command: "start",
    npm_config_local_prefix: "/a",
    npm_config_global_prefix: "/b",
  };
  expect(cleanedEnvironment({ ...kept, ...dropped })).toEqual(kept);
});
