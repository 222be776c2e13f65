"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { cancelRun, type RunDetail, runQuery } from "@/lib/client/engine";

export default function CancelDialog({ run, onClose }: { run: RunDetail; onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const done = run.steps.filter((step) => step.state === "done").length;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Cancel this run of ${run.functionName}?`}
      says={
        done === 0
          ? "It has done nothing yet, and will not begin. It can be replayed later."
          : `The ${done === 1 ? "step that is done stays" : `${done} steps that are done stay`} done; nothing more of it begins. It can be replayed later.`
      }
      confirm="Cancel the run"
      keep="Let it go on"
      onConfirm={async () => {
        const cancelled = await cancelRun(run.id);
        client.setQueryData(runQuery(tenantUuid, run.id).queryKey, cancelled);
        for (const part of ["runs", "audit"]) void client.invalidateQueries({ queryKey: [tenantUuid, part] });
        toast({ text: "The run is cancelled" });
      }}
    />
  );
}
