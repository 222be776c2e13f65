"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { toast } from "@/components/ui/toast";
import { mergeContacts, undoMerge } from "@/lib/client/contacts";
import { nameOf } from "./contact-name";
import type { Merging } from "./merge-choice";

/** Makes two contacts one, and lends the way back for as long as the toast stands. */
export function useMerge(): (merging: Merging) => Promise<void> {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  return useCallback(
    async ({ winner, loser, fromLoser }) => {
      const refresh = () => void client.invalidateQueries({ queryKey: [tenantUuid, "contacts"] });
      const merge = await mergeContacts(winner.id, loser.id, {
        fields: fromLoser.filter(({ kind }) => kind === "field").map(({ name }) => name),
        attributes: fromLoser.filter(({ kind }) => kind === "attribute").map(({ name }) => name),
      });
      refresh();
      toast({
        text: `${nameOf(loser)} is one with ${nameOf(winner)} now`,
        onUndo: () =>
          void undoMerge(merge.id).then(
            () => {
              refresh();
              toast({ tone: "info", text: "They are two again" });
            },
            (error: Error) => toast({ tone: "bad", text: error.message }),
          ),
      });
    },
    [client, tenantUuid],
  );
}
