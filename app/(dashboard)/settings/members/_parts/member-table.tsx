"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { morePages } from "@/components/data-table/more-pages";
import { ColumnsSkeleton } from "@/components/data-table/table-skeleton";
import { QueryView } from "@/components/feedback/query-view";
import { Avatar } from "@/components/ui/avatar";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { changeItems, changeRole, itemsOf, type Member, membersQuery } from "@/lib/client/access";
import { roleLabels } from "@/lib/domain/access/labels";
import type { Role } from "@/lib/domain/access/vocabulary";
import type { AskedOfMember } from "./member-dialog";
import { RoleMenu, whyNot } from "./role-menu";
import { withArticle } from "./role-words";

const MemberDialog = lazy(() => import("./member-dialog"));

export function MemberTable({ action }: { action: ReactNode }) {
  const { tenantUuid, person, role: ownRole, can } = useSignedIn();
  const client = useQueryClient();
  const members = useInfiniteQuery(membersQuery(tenantUuid));
  const rows = itemsOf(members.data);
  const ownersLeft = rows.filter((each) => each.role === "owner").length;
  const mayChange = can("members:write");
  const [asked, setAsked] = useState<AskedOfMember | null>(null);
  const { queryKey } = membersQuery(tenantUuid);

  const refresh = () => {
    void client.invalidateQueries({ queryKey });
    void client.invalidateQueries({ queryKey: [tenantUuid, "audit"] });
  };
  const roleChange = useMutation({
    mutationFn: ({ member, role }: { member: Member; role: Role; isUndo?: boolean }) => changeRole(member.id, role),
    onMutate: ({ member, role }) =>
      changeItems<Member>(client, queryKey, (items) =>
        items.map((each) => (each.id === member.id ? { ...each, role } : each)),
      ),
    onSuccess: (_, { member, role, isUndo }) => {
      const now = `${member.name} is ${withArticle(role)} now`;
      if (isUndo || member.personId === person.id) toast({ text: now });
      else toast({ text: now, onUndo: () => roleChange.mutate({ member, role: member.role, isUndo: true }) });
    },
    onError: (error, _, back) => {
      back?.();
      toast({ tone: "bad", text: error.message });
    },
    onSettled: (_, __, { member }) => {
      refresh();
      // One's own rights have changed: everything on the page may have.
      if (member.personId === person.id) void client.invalidateQueries({ queryKey: [tenantUuid, "me"] });
    },
  });
  const setRole = (member: Member, role: Role) => {
    if (member.personId === person.id) setAsked({ kind: "own-role", member, role });
    else roleChange.mutate({ member, role });
  };

  const columns: Column<Member>[] = [
    {
      id: "name",
      header: "Name",
      card: "title",
      csv: (row) => row.name,
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={row.name} />
          <span className="min-w-0 truncate font-medium">{row.name}</span>
          {row.personId === person.id && <Tag>You</Tag>}
        </span>
      ),
    },
    { id: "email", header: "E-mail", card: "bare", csv: (row) => row.email, cell: (row) => row.email },
    {
      id: "role",
      header: "Role",
      width: 150,
      card: "bare",
      csv: (row) => roleLabels[row.role].label,
      cell: (row) =>
        mayChange ? (
          <RoleMenu
            of={row.name}
            role={row.role}
            actor={ownRole}
            ownersLeft={ownersLeft}
            onChange={(role) => setRole(row, role)}
          />
        ) : (
          roleLabels[row.role].label
        ),
    },
    {
      id: "joined",
      header: "Joined",
      width: 130,
      align: "right",
      card: "line",
      csv: (row) => new Date(row.createdAt),
      cell: (row) => <Time at={row.createdAt} className="text-soft" />,
    },
  ];

  return (
    <section aria-labelledby="members">
      <SectionHead
        id="members"
        title="Members"
        says="Who may come in, and as what. A person may belong to several workspaces with a role in each."
        action={action}
      />
      <QueryView
        query={members}
        skeleton={<ColumnsSkeleton columns={columns} rows={5} />}
        error={{ title: "The members did not load", safe: "Everybody keeps the access they have." }}
      >
        {() => (
          <DataTable
            id="members"
            label="Members"
            columns={columns}
            rows={rows}
            rowId={rowId}
            rowLabel={(row) => row.name}
            maxHeight="none"
            hasTools={rows.length > 8}
            rowActs={(row) => {
              const isSelf = row.personId === person.id;
              if (!mayChange && !isSelf) return null;
              return (
                <Menu
                  label={`Acts for ${row.name}`}
                  align="end"
                  width={240}
                  trigger={
                    <IconButton label={`Acts for ${row.name}`} size="row">
                      <Ellipsis aria-hidden="true" />
                    </IconButton>
                  }
                  items={[
                    {
                      label: isSelf ? "Leave the workspace" : `Remove ${row.name}`,
                      tone: "bad",
                      offBecause: whyNot({ actor: ownRole, from: row.role, to: "removed", ownersLeft }),
                      onSelect: () => setAsked({ kind: "remove", member: row }),
                    },
                  ]}
                />
              );
            }}
            {...morePages(members, rows.length)}
          />
        )}
      </QueryView>
      {asked && (
        <Suspense fallback={null}>
          <MemberDialog
            asked={asked}
            onClose={() => setAsked(null)}
            onRemoved={refresh}
            onOwnRole={(member, role) => roleChange.mutateAsync({ member, role })}
          />
        </Suspense>
      )}
    </section>
  );
}

const rowId = (row: Member) => row.id;
