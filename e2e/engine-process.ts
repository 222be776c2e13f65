import { door, inngest, subjectOf } from "@/inngest/client";
import { startEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/functions";

/** A process that runs the product's functions and nothing else: made to be killed in the middle of its work. */
if (!door) throw new Error("This process is for the embedded engine.");
// The test itself was ended: nobody is left to kill this one.
process.on("disconnect", () => process.exit(1));
const leaseMs = Number(process.env.ENGINE_LEASE_MS);
await startEngine({ client: inngest, door, functions, subjectOf, pollMs: 200, leaseMs });
process.send?.("up");
