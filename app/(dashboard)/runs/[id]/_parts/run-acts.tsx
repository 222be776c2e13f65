"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ban, ChevronDown, ListEnd, RotateCcw } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { newIdempotencyKey } from "@/lib/client/access";
import { isOpenRun, type RunDetail, replayRun } from "@/lib/client/engine";
import type { ReplayStart } from "@/lib/domain/engine/vocabulary";

const CancelDialog = lazy(() => import("./cancel-dialog"));

/** Cancel while it is going, replay once it has ended. */
export function RunActs({ run }: { run: RunDetail }) {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const router = useRouter();
  const [isCancelling, setCancelling] = useState(false);
  const isOpen = isOpenRun(run);
  const mayAct = can("runs:write") && run.worksFor === "workspace";
  const going = run.replays.find(isOpenRun);

  const replay = useMutation({
    mutationFn: (from: ReplayStart) => replayRun(run.id, from, newIdempotencyKey()),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: [tenantUuid, "runs"] });
      void client.invalidateQueries({ queryKey: [tenantUuid, "audit"] });
      toast({ text: `A new run of ${made.functionName} has begun` });
      router.push(`/runs/${made.id}` as Route);
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: [tenantUuid, "runs"] });
      toast({ tone: "bad", text: error.message });
    },
  });
  const { mutate: runReplay } = replay;
  const begin = useCallback((from: ReplayStart) => runReplay(from), [runReplay]);

  const commands = useMemo<Command[]>(() => {
    if (!mayAct) return [];
    const scope = "run";
    if (isOpen)
      return [
        {
          ...{ id: "run.cancel", label: "Cancel the run", keys: "c", scope },
          icon: <Ban aria-hidden="true" />,
          run: () => setCancelling(true),
        },
      ];
    return [
      {
        ...{ id: "run.replay", label: "Replay from where it stopped", keys: "r", scope },
        icon: <ListEnd aria-hidden="true" />,
        run: () => begin("failure"),
      },
      {
        ...{ id: "run.again", label: "Replay from the beginning", keys: "shift+r", scope },
        icon: <RotateCcw aria-hidden="true" />,
        run: () => begin("beginning"),
      },
    ];
  }, [mayAct, isOpen, begin]);
  useCommands(commands);

  if (!mayAct) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {isOpen ? (
        <Button variant="risky" keys="c" icon={<Ban aria-hidden="true" />} onClick={() => setCancelling(true)}>
          Cancel the run
        </Button>
      ) : going ? (
        <Button offBecause="It is being replayed already: see the run below" icon={<RotateCcw aria-hidden="true" />}>
          Replay
        </Button>
      ) : (
        <Menu
          label="Replay"
          align="end"
          width={320}
          trigger={
            <Button busy={replay.isPending} icon={<RotateCcw aria-hidden="true" />}>
              Replay
              <ChevronDown aria-hidden="true" className="-mr-1 !size-3.5 text-faint" />
            </Button>
          }
          items={[
            {
              label: run.status === "failed" ? "From where it failed" : "From where it stopped",
              says: "Keeps the results that are recorded: what was done is not done again.",
              icon: <ListEnd aria-hidden="true" />,
              keys: "r",
              onSelect: () => begin("failure"),
            },
            {
              label: "From the beginning",
              says: "Does every step anew, with the same events.",
              icon: <RotateCcw aria-hidden="true" />,
              keys: "shift+r",
              onSelect: () => begin("beginning"),
            },
          ]}
        />
      )}
      {isCancelling && (
        <Suspense fallback={null}>
          <CancelDialog run={run} onClose={() => setCancelling(false)} />
        </Suspense>
      )}
    </div>
  );
}
