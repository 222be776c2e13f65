import { checkAuditChain } from "./check-audit-chain";
import { pruneRuns } from "./prune-runs";
import { sweepExpired } from "./sweep-expired";
import { sweepWaiting } from "./sweep-waiting";

/** Every durable function, each in a file that carries its name. */
export const functions = [checkAuditChain, pruneRuns, sweepExpired, sweepWaiting];
