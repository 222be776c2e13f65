import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Why the installed packages do not serve, as a few words; null where they do. About 6 ms. */
export function staleness(root) {
  const wanted = readJson(join(root, "package-lock.json"));
  if (!wanted) return "there is no package-lock.json";
  const installed = readJson(join(root, "node_modules", ".package-lock.json"));
  if (!installed) return "nothing is installed";
  const behind = manifestAhead(readJson(join(root, "package.json")) ?? {}, wanted.packages?.[""] ?? {});
  if (behind) return behind;
  const differs = firstDifference(wanted.packages ?? {}, installed.packages ?? {});
  if (differs) return differs;
  const lost = Object.entries(installed.packages ?? {}).find(
    ([path, entry]) => !entry.optional && !entry.devOptional && !existsSync(join(root, path)),
  );
  return lost ? `${lost[0]} is gone` : null;
}

/** The manifest was edited (or merged) without the lockfile. */
function manifestAhead(manifest, rootEntry) {
  for (const kind of ["dependencies", "devDependencies", "optionalDependencies"]) {
    const names = new Set([...Object.keys(manifest[kind] ?? {}), ...Object.keys(rootEntry[kind] ?? {})]);
    for (const name of names) {
      if (manifest[kind]?.[name] !== rootEntry[kind]?.[name]) return `package.json and the lockfile differ on ${name}`;
    }
  }
  return null;
}

export function firstDifference(wanted, installed) {
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") continue;
    const have = installed[path];
    if (!have) {
      // Binaries for other systems, and peers that nothing needs, are rightly absent.
      if (entry.optional || entry.peer || entry.devOptional) continue;
      return `${nameOf(path)} is missing`;
    }
    if (have.version !== entry.version || (entry.integrity && have.integrity !== entry.integrity)) {
      return `${nameOf(path)} has another version`;
    }
  }
  return null;
}

function nameOf(path) {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** Whether a version satisfies a range of the one form package.json uses: ">=major.minor.patch". */
export function satisfies(version, range) {
  const least = /^>=\s*(\d+)\.(\d+)\.(\d+)$/.exec(range.trim());
  if (!least) return true;
  const have = version.replace(/^v/, "").split(/[.-]/).map(Number);
  for (let place = 0; place < 3; place += 1) {
    const difference = have[place] - Number(least[place + 1]);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** npm inside npm would read the outer command's settings as its own; proxies, caches and certificates stay. */
export function cleanedEnvironment(source) {
  const dropped = [/^NODE_ENV$/i, /^npm_lifecycle_/i, /^npm_package_/i, /^npm_command$/i];
  const alsoDropped = [/^npm_config_local_prefix$/i, /^npm_config_global_prefix$/i];
  return Object.fromEntries(
    Object.entries(source).filter(([name]) => ![...dropped, ...alsoDropped].some((pattern) => pattern.test(name))),
  );
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
