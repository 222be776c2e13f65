import { defineConfig } from "@playwright/test";
import { browserArgs, findBrowser } from "./scripts/browser.mjs";

// Found once by the runner; the workers, which read this file again, are told.
process.env.CHROMIUM_PATH ??= await findBrowser();

export default defineConfig({
  testDir: "e2e/journeys",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./e2e/journey-server.ts",
  // Two cores carry the product, its database and a browser: more workers only make each other late.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A journey that passes the second time has a fault of its own, or found one.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: ".cache/test/journeys.json" }]],
  use: {
    baseURL: process.env.E2E_URL,
    locale: "en-US",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: browserArgs },
  },
});
