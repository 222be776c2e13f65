"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import { invitationShapes } from "@/components/access/status-shapes";
import { TimeLeft } from "@/components/access/time-left";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { morePages } from "@/components/data-table/more-pages";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { type Invitation, invitationsQuery, itemsOf, resendInvitation } from "@/lib/client/access";
import { invitationLabels, roleLabels } from "@/lib/domain/access/labels";

const WithdrawDialog = lazy(() => import("./withdraw-dialog"));

const columns: Column<Invitation>[] = [
  {
    id: "email",
    header: "E-mail",
    card: "title",
    csv: (row) => row.email,
    cell: (row) => <span className="font-medium">{row.email}</span>,
  },
  {
    id: "role",
    header: "As",
    width: 110,
    card: "bare",
    csv: (row) => roleLabels[row.role].label,
    cell: (row) => roleLabels[row.role].label,
  },
  {
    id: "state",
    header: "State",
    width: 190,
    card: "bare",
    csv: (row) => stateWords(row),
    cell: (row) =>
      row.mailProblem && row.state === "open" ? (
        <Tooltip text={row.mailProblem}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason can be read by keyboard too */}
          <span tabIndex={0}>
            <Status tone="bad" shape="triangle">
              Mail refused
            </Status>
          </span>
        </Tooltip>
      ) : (
        <Status tone={invitationLabels[row.state].tone} shape={invitationShapes[row.state]}>
          <span>
            {invitationLabels[row.state].label}
            {row.state === "open" && (
              <span className="text-soft">
                , <TimeLeft until={row.expiresAt} /> left
              </span>
            )}
          </span>
        </Status>
      ),
  },
  {
    id: "sent",
    header: "Sent",
    width: 130,
    align: "right",
    card: "line",
    csv: (row) => new Date(row.sentAt),
    cell: (row) => <Time at={row.sentAt} className="text-soft" />,
  },
];

const stateWords = (row: Invitation) =>
  row.mailProblem && row.state === "open" ? `Mail refused: ${row.mailProblem}` : invitationLabels[row.state].label;
const rowId = (row: Invitation) => row.id;

export function InvitationTable({ onInvite }: { onInvite: () => void }) {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const invitations = useInfiniteQuery(invitationsQuery(tenantUuid));
  const rows = itemsOf(invitations.data);
  const mayChange = can("members:write");
  const [withdrawn, setWithdrawn] = useState<Invitation | null>(null);

  const refresh = () => {
    for (const part of ["invitations", "needs-you", "audit"])
      void client.invalidateQueries({ queryKey: [tenantUuid, part] });
  };
  const resend = useMutation({
    mutationFn: (invitation: Invitation) => resendInvitation(invitation.id),
    onSuccess: (_, { email }) => toast({ text: `Sent to ${email} again. The earlier link opens nothing any more.` }),
    onError: (error) => toast({ tone: "bad", text: error.message }),
    onSettled: refresh,
  });

  return (
    <section aria-labelledby="invitations">
      <SectionHead
        id="invitations"
        title="Invitations"
        says="A link works seven days and once. Sending again makes a new one."
      />
      <QueryView
        query={invitations}
        skeleton={<ColumnsSkeleton columns={columns} rows={2} />}
        error={{ title: "The invitations did not load", safe: "Links that were sent keep working." }}
        isEmpty={() => rows.length === 0}
        empty={
          <EmptyState
            title="Nobody has been invited yet"
            action={mayChange && <Button onClick={onInvite}>Invite someone</Button>}
          >
            An invitation goes out by e-mail. Until it is accepted, you see here whether it arrived and how long its
            link still works.
          </EmptyState>
        }
      >
        {() => (
          <DataTable
            id="invitations"
            label="Invitations"
            columns={columns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => row.email}
            maxHeight="420px"
            hasHotkeys={false}
            hasTools={false}
            busyIds={new Set(resend.isPending ? [resend.variables.id] : [])}
            {...(mayChange
              ? {
                  rowActs: (row: Invitation) =>
                    (row.state === "open" || row.state === "expired") && (
                      <Menu
                        label={`Acts for ${row.email}`}
                        align="end"
                        trigger={
                          <IconButton label={`Acts for ${row.email}`} size="row">
                            <Ellipsis aria-hidden="true" />
                          </IconButton>
                        }
                        items={[
                          { label: "Send it again", onSelect: () => resend.mutate(row) },
                          { kind: "line" },
                          { label: "Withdraw it", tone: "bad", onSelect: () => setWithdrawn(row) },
                        ]}
                      />
                    ),
                }
              : {})}
            {...morePages(invitations, rows.length)}
          />
        )}
      </QueryView>
      {withdrawn && (
        <Suspense fallback={null}>
          <WithdrawDialog invitation={withdrawn} onClose={() => setWithdrawn(null)} onWithdrawn={refresh} />
        </Suspense>
      )}
    </section>
  );
}
