import { changeManyContacts } from "./change-many-contacts";
import { checkAuditChain } from "./check-audit-chain";
import { exportPerson } from "./export-person";
import { pruneRuns } from "./prune-runs";
import { refreshSegment } from "./refresh-segment";
import { refreshSegments } from "./refresh-segments";
import { retain } from "./retain";
import { runExport } from "./run-export";
import { runImport } from "./run-import";
import { scoreEverybody } from "./score-everybody";
import { sweepExpired } from "./sweep-expired";
import { sweepFiles } from "./sweep-files";
import { sweepWaiting } from "./sweep-waiting";
import { undoChange } from "./undo-change";
import { undoImport } from "./undo-import";

/** Every durable function, each in a file that carries its name. */
export const functions = [
  changeManyContacts,
  checkAuditChain,
  exportPerson,
  pruneRuns,
  retain,
  refreshSegment,
  refreshSegments,
  runExport,
  runImport,
  scoreEverybody,
  sweepExpired,
  sweepFiles,
  sweepWaiting,
  undoChange,
  undoImport,
];
