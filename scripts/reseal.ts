import { migrate } from "@/db/migrate";
import { isOld, open, seal } from "@/lib/providers/secret-box";
import { resealSecrets } from "@/lib/services/access/reseal-secrets";
import { runCommand } from "./setup/run-command";

await runCommand(async () => {
  await migrate();
  const count = await resealSecrets({ seal, open, isOld });
  process.stdout.write(`${count} sealed again with the first key. Older keys may now leave ENCRYPTION_KEYS.\n`);
});
