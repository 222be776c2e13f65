import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { homedir, platform } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The browser for the journeys: CHROMIUM_PATH, then Playwright's own, then an installed Chrome, Chromium or Edge, then
 * what Playwright can download, then the distribution's package where we are root. Otherwise an error that says what to do.
 */
export async function findBrowser({ install = true, say = () => {} } = {}) {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!isExecutable(given)) throw new Error(`CHROMIUM_PATH names ${given}, which cannot be run.`);
    return given;
  }
  const found = (await playwrightsOwn()) ?? installedBrowser();
  if (found) return found;
  if (!install) throw new Error(howTo);

  say("no browser found, downloading one");
  const cli = new URL("../node_modules/playwright/cli.js", import.meta.url);
  run(process.execPath, [cli.pathname, "install", "chromium"], 300_000);
  const downloaded = await playwrightsOwn();
  if (downloaded) return downloaded;

  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("installing Chromium from the distribution");
    const apt = ["-o", "DPkg::Lock::Timeout=300", "-y"];
    run("apt-get", [...apt, "update"], 300_000);
    run("apt-get", [...apt, "install", "--no-install-recommends", "chromium", "fonts-liberation"], 600_000);
  }
  const last = installedBrowser();
  if (last) return last;
  throw new Error(howTo);
}

const howTo =
  "No browser was found for the journeys. Install Chrome or Chromium, or run `npx playwright install chromium`, or set CHROMIUM_PATH to one.";

/** What every machine needs: none of these browsers may call home, and as root there is no sandbox. */
export const browserArgs = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

async function playwrightsOwn() {
  try {
    const { chromium } = await import("playwright-core");
    const path = chromium.executablePath();
    return path && isExecutable(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function installedBrowser() {
  return candidates().find(isExecutable);
}

function candidates() {
  if (platform() === "darwin") {
    const apps = ["Google Chrome", "Chromium", "Microsoft Edge"];
    return ["/Applications", join(homedir(), "Applications")].flatMap((folder) =>
      apps.map((app) => join(folder, `${app}.app`, "Contents", "MacOS", app)),
    );
  }
  if (platform() === "win32") {
    const folders = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA];
    const programs = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];
    return folders.filter(Boolean).flatMap((folder) => programs.map((program) => join(folder, program)));
  }
  const names = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge"];
  const folders = [
    ...new Set([...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/snap/bin"]),
  ];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(command, args, timeout) {
  return spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], timeout }).status === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    console.log(await findBrowser({ say: (line) => console.error(line) }));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
