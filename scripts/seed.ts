import { migrate } from "@/db/migrate";
import { seed } from "@/db/seed";
import { createPasswords } from "@/lib/providers/passwords";
import { keepDemo } from "./setup/demo";
import { makeDemoContacts } from "./setup/demo-contacts";
import { isEmbedded } from "./setup/environment";
import { runCommand } from "./setup/run-command";

await runCommand(async () => {
  await migrate();
  const demo = await seed(createPasswords().hash);
  if (!demo) {
    process.stdout.write("The demo workspace is already there.\n");
    return;
  }
  await makeDemoContacts();
  if (isEmbedded()) keepDemo(demo);
  process.stdout.write(`Sign in   ${demo.email}\nPassword  ${demo.password}\n`);
});
