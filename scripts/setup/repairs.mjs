import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Lines of installed packages that must not stay as they are, until a version with the repair is out. Node built-ins only:
 * it runs before anything else, and again before a build, so that no way of installing goes past it.
 */
const repairs = [
  {
    name: "postgres",
    version: "3.4.9",
    files: ["src/connection.js", "cjs/src/connection.js"],
    // A connection that is cut while a transaction holds it has no socket any more; the next statement of the transaction
    // then ends the whole process with a TypeError that nobody can catch (github.com/porsager/postgres/issues/1208).
    // The statement fails instead, as any other does whose connection is gone.
    from: "function nextWrite(fn) {\n    const x = socket.write(chunk, fn)",
    to:
      "function nextWrite(fn) {\n    if (socket === null) {\n      chunk = nextWriteTimer = null\n" +
      "      error(Errors.connection('CONNECTION_CLOSED', options))\n      return false\n    }\n" +
      "    const x = socket.write(chunk, fn)",
  },
  {
    name: "postgres",
    version: "3.4.9",
    files: ["src/connection.js", "cjs/src/connection.js"],
    // A new connection first asks which types are arrays, in a promise that nobody holds: cut there, it ends the process as
    // an unhandled rejection. Whoever waits for the connection is told by the driver itself; without its types it is closed.
    from: "    `], [], execute)\n    types.forEach(",
    to:
      "    `], [], execute).catch(() => {\n      socket && socket.destroy()\n      return []\n    })\n" +
      "    types.forEach(",
  },
];

/** Returns what could not be repaired, in words. */
export function repairDependencies(root) {
  return repairs.flatMap(({ name, version, files, from, to }) => {
    const folder = join(root, "node_modules", name);
    const installed = readVersion(folder);
    // Another version is another text: whoever changes it looks whether the repair is still needed.
    if (installed !== version) return [`${name} is ${installed ?? "not installed"}, the repair is for ${version}`];
    return files.flatMap((file) => repair(join(folder, file), from, to));
  });
}

function readVersion(folder) {
  const file = join(folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : null;
}

function repair(file, from, to) {
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  if (text.includes(to)) return [];
  if (!text.includes(from)) return [`${file} is not as expected`];
  try {
    // By a new file: a hard-linked copy of the folder keeps its own.
    writeFileSync(`${file}.repaired`, text.replace(from, to));
    renameSync(`${file}.repaired`, file);
    return [];
  } catch (error) {
    return [`${file} may not be written (${error.code})`];
  }
}
