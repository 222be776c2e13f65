import { cron } from "inngest";
import { sweepExpired as sweep } from "@/db/queries/access/sweep-expired";
import { asWorker } from "@/db/system";
import { inngest } from "../client";

/** Every hour what has outlived its use is taken away: sessions, links, throttles, stored answers. */
export const sweepExpired = inngest.createFunction(
  { id: "sweep-expired", name: "Take away what has expired", triggers: [cron("7 * * * *")], retries: 2 },
  ({ step }) => step.run("take away", () => asWorker((db) => sweep(db, new Date()))),
);
