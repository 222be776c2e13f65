import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Process ids are used again, so a process is known by its id and the moment it began, where the system tells. */
function markOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return null;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${pid}:${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return `${pid}:`;
  }
}

export function isStale(holder, ageMs) {
  if (holder === "") return ageMs > 5000;
  const pid = Number(holder.split(":")[0]);
  return !Number.isInteger(pid) || pid <= 0 || markOf(pid) !== holder;
}

/** Runs the work while no other process does the same. A lock whose process is gone (kill -9) counts for nothing. */
export async function locked(file, work, onWait = () => {}) {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; !take(file); told = true) {
    if (!told) onWait();
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, markOf(process.pid) ?? "", { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  try {
    const holder = readFileSync(file, "utf8");
    if (isStale(holder, Date.now() - statSync(file).mtimeMs)) rmSync(file, { force: true });
  } catch {
    // Its holder has just let go.
  }
  return false;
}
