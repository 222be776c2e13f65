import { Status, type StatusShape, type Tone } from "@/components/ui/status";
import { exportStateLabels, importStateLabels } from "@/lib/domain/imports/labels";
import type { ExportState, ImportState } from "@/lib/domain/imports/vocabulary";

const imports: Record<ImportState, [Tone, StatusShape]> = {
  uploading: ["waiting", "dashed"],
  ready: ["waiting", "ring"],
  running: ["info", "half"],
  done: ["good", "full"],
  failed: ["bad", "cross"],
  cancelled: ["quiet", "square"],
  undoing: ["info", "half"],
  undone: ["quiet", "bar"],
};

const exports: Record<ExportState, [Tone, StatusShape]> = {
  waiting: ["waiting", "ring"],
  running: ["info", "half"],
  done: ["good", "full"],
  failed: ["bad", "cross"],
  expired: ["quiet", "dashed"],
};

export function ImportStatus({ state }: { state: ImportState }) {
  const [tone, shape] = imports[state];
  return (
    <Status tone={tone} shape={shape}>
      {importStateLabels[state]}
    </Status>
  );
}

export function ExportStatus({ state }: { state: ExportState }) {
  const [tone, shape] = exports[state];
  return (
    <Status tone={tone} shape={shape}>
      {exportStateLabels[state]}
    </Status>
  );
}
