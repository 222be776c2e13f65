"use client";

import { EmptyState } from "@/components/feedback/empty-state";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page-head";
import { roleLabels } from "@/lib/domain/access/labels";
import { type Permission, permissions } from "@/lib/domain/access/permissions";
import { useSignedIn } from "./signed-in";

/** A room that the person's role does not open: says which do, instead of a closed door. */
export function NoEntry({ room, needs }: { room: string; needs: Permission }) {
  const { role } = useSignedIn();
  const who = permissions[needs].roles.map((each) => `${roleLabels[each].label.toLowerCase()}s`);
  return (
    <Page>
      <PageHead title={room} />
      <EmptyState
        title={`This room is for ${who.join(" and ")}`}
        action={<ButtonLink href="/settings/members">See who they are</ButtonLink>}
      >
        You are here as {roleLabels[role].label.toLowerCase()}. Ask one of them if you need something from it.
      </EmptyState>
    </Page>
  );
}
