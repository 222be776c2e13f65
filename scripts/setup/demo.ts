import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDir } from "./environment";

/** The demo owner's sign-in, kept in two files of one line each, for this user only. */
export type Demo = { email: string; password: string };

const files = { email: "demo-email", password: "demo-password" } as const;

export function keepDemo(demo: Demo, dir = dataDir()): void {
  for (const part of ["email", "password"] as const) {
    const file = join(dir, files[part]);
    writeFileSync(file, `${demo[part]}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
  }
}

export function keptDemo(dir = dataDir()): Demo | null {
  const read = (name: string) => (existsSync(join(dir, name)) ? readFileSync(join(dir, name), "utf8").trim() : "");
  const demo = { email: read(files.email), password: read(files.password) };
  return demo.email && demo.password ? demo : null;
}

export function forgetDemo(dir = dataDir()): void {
  for (const name of Object.values(files)) rmSync(join(dir, name), { force: true });
}
