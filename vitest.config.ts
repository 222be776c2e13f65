import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** What needs no database: these start at once, and are most of what one runs while writing. */
const pure = [
  "lib/{kernel,domain,providers,client}/**",
  "components/**",
  "scripts/**",
  "e2e/vendors/**",
  "e2e/{eval,bench,prove}/**",
  "lib",
];
const pureFiles = pure.map((folder) => `${folder}/*.test.{ts,tsx}`);
const outside = ["**/node_modules/**", ".next/**", ".cache/**", ".data/**", "dist/**"];

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    // Two projects, one command: `npm run test:unit -- --project pure` leaves the database out.
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          include: pureFiles,
          exclude: outside,
          // Nobody listens there: a "pure" test that asks the database fails at once.
          env: { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" },
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...outside, ...pureFiles],
          globalSetup: ["./e2e/test-database.ts"],
        },
      },
    ],
    env: {
      NODE_ENV: "test",
      LOG_LEVEL: "silent",
      AUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests-0001",
      ENCRYPTION_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
    },
    // next-auth imports "next/server" without its ending, which plain Node does not find.
    server: { deps: { inline: [/next-auth/] } },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    passWithNoTests: true,
  },
});
