import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import postgres from "postgres";
import { removeEmbedded } from "@/db/embedded";
import { forgetDemo } from "./setup/demo";
import { dataDir, isEmbedded, loadEnvironmentFiles } from "./setup/environment";
import { CommandError, complain } from "./setup/run-command";

/** `npm run db:reset`: empties the database. The next start makes, migrates and seeds it anew. */
const yes = process.argv.includes("--yes");

try {
  loadEnvironmentFiles();
  if (isEmbedded()) await resetEmbedded();
  else await resetGiven(process.env.DATABASE_URL ?? "");
} catch (error) {
  process.exitCode = complain(error);
}

async function resetEmbedded(): Promise<void> {
  const dir = join(dataDir(), "postgres");
  await confirm(`This removes every workspace in ${dir}.`, "reset");
  await removeEmbedded(dir);
  forgetDemo();
  process.stdout.write("The database is empty. npm start makes a new one.\n");
}

async function resetGiven(address: string): Promise<void> {
  const { host, pathname } = new URL(address);
  const name = decodeURIComponent(pathname.slice(1));
  if (!yes) {
    throw new CommandError(
      `DATABASE_URL is set: this would drop all tables in ${name} at ${host}. If that is meant: npm run db:reset -- --yes`,
    );
  }
  const sql = postgres(address, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await sql.begin(async (tx) => {
      await tx`DROP SCHEMA IF EXISTS drizzle CASCADE`;
      // Extensions belong to the schema and often to a superuser, so what is ours is dropped one by one instead.
      const tables = await tx<{ name: string }[]>`
        select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
      for (const table of tables) await tx`DROP TABLE IF EXISTS public.${tx(table.name)} CASCADE`;
      const functions = await tx<{ signature: string; kind: string }[]>`
        select p.oid::regprocedure::text as signature, p.prokind as kind from pg_proc p
        where p.pronamespace = 'public'::regnamespace
          and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;
      for (const { signature, kind } of functions) {
        await tx.unsafe(
          `DROP ${kind === "p" ? "PROCEDURE" : kind === "a" ? "AGGREGATE" : "FUNCTION"} IF EXISTS ${signature} CASCADE`,
        );
      }
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
  process.stdout.write(`${name} at ${host} is empty. npm start or npm run db:migrate makes the tables again.\n`);
}

async function confirm(what: string, word: string): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new CommandError(`${what} Without a terminal to ask at, add --yes.`);
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await asking.question(`${what}\nType "${word}" to go on: `);
    if (answer.trim() !== word) throw new CommandError("Nothing was changed.");
  } finally {
    asking.close();
  }
}
