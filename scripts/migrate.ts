import { migrate } from "@/db/migrate";
import { runCommand } from "./setup/run-command";

await runCommand(async () => {
  const { applied } = await migrate();
  for (const name of applied) process.stdout.write(`applied ${name}\n`);
  process.stdout.write(applied.length === 0 ? "The schema is up to date.\n" : `${applied.length} applied.\n`);
});
