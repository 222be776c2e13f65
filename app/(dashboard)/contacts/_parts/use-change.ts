"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { toast } from "@/components/ui/toast";
import { type Change, type ChangeTarget, changeContacts, changesQuery, undoChange } from "@/lib/client/contacts";
import { doneWords, isUnderWay } from "./change-words";

/** Says what came of a change, and lends its way back. */
export function useTellChange(): (change: Change) => void {
  const refresh = useRefresh();
  return useCallback(
    (change) => {
      const takeBack = () =>
        undoChange(change.id).then(
          (undone) => {
            refresh();
            if (!isUnderWay(undone)) toast({ tone: "info", text: doneWords(undone) });
          },
          (error: Error) => toast({ tone: "bad", text: error.message }),
        );
      toast({
        tone: change.state === "failed" ? "bad" : change.canUndo ? "good" : "info",
        text: doneWords(change),
        ...(change.canUndo ? { onUndo: () => void takeBack() } : {}),
      });
    },
    [refresh],
  );
}

/** Everything that shows contacts asks anew, and so does the bar of what is under way. */
export function useRefresh(): () => void {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  return useCallback(() => {
    for (const part of ["contacts", "tags", "segments", "tasks"])
      void client.invalidateQueries({ queryKey: [tenantUuid, part] });
    void client.invalidateQueries({ queryKey: changesQuery(tenantUuid).queryKey });
  }, [client, tenantUuid]);
}

/** Changes many contacts. A few are done with the answer; many go on behind, and the page shows how far they are. */
export function useChange(): (
  act: Change["act"],
  target: ChangeTarget,
  detail?: Record<string, unknown>,
) => Promise<void> {
  const tell = useTellChange();
  const refresh = useRefresh();
  return useCallback(
    async (act, target, detail = {}) => {
      const change = await changeContacts(act, target, detail);
      refresh();
      if (!isUnderWay(change)) tell(change);
    },
    [tell, refresh],
  );
}
