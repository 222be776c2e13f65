"use client";

import { UserPlus } from "lucide-react";
import { lazy, Suspense, useMemo } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { urlFlag } from "../../_parts/url-words";
import { useUrlState } from "../../_parts/use-url-state";
import { InvitationTable } from "./_parts/invitation-table";
import { MemberTable } from "./_parts/member-table";
import { PermissionMatrix } from "./_parts/permission-matrix";

const InviteDialog = lazy(() => import("./_parts/invite-dialog"));

const words = { new: urlFlag };

export function Members({ sendsMail }: { sendsMail: boolean }) {
  const { can } = useSignedIn();
  const mayChange = can("members:write");
  const [{ new: isInviting }, change] = useUrlState(words);

  const commands = useMemo<Command[]>(
    () =>
      mayChange
        ? [
            {
              id: "members.invite",
              label: "Invite someone",
              keys: "c",
              scope: "members",
              icon: <UserPlus aria-hidden="true" />,
              run: () => change({ new: true }),
            },
          ]
        : [],
    [mayChange, change],
  );
  useCommands(commands);

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <MemberTable
        action={
          mayChange && (
            <Button
              variant="primary"
              keys="c"
              icon={<UserPlus aria-hidden="true" />}
              onClick={() => change({ new: true })}
            >
              Invite someone
            </Button>
          )
        }
      />
      <InvitationTable onInvite={() => change({ new: true })} />
      <PermissionMatrix />
      {isInviting && mayChange && (
        <Suspense fallback={null}>
          <InviteDialog sendsMail={sendsMail} onClose={() => change({ new: null })} />
        </Suspense>
      )}
    </div>
  );
}
