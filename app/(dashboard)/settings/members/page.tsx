import type { Metadata } from "next";
import { invitationsQuery, membersQuery, pageSize } from "@/lib/client/access";
import { InvitationList, MemberList } from "@/lib/domain/access/shapes";
import { env } from "@/lib/env";
import { listInvitations } from "@/lib/services/access/list-invitations";
import { listMembers } from "@/lib/services/access/list-members";
import { inside } from "../../_parts/inside";
import { asFirstPage, Prefetched } from "../../_parts/prefetched";
import { Members } from "./client";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage() {
  const { ctx } = await inside();
  const tenant = ctx.tenantId;
  const [members, invitations] = await Promise.all([
    listMembers(ctx, { limit: pageSize }),
    listInvitations(ctx, { limit: pageSize }),
  ]);
  return (
    <Prefetched
      entries={[
        [membersQuery(tenant).queryKey, asFirstPage(MemberList, members)],
        [invitationsQuery(tenant).queryKey, asFirstPage(InvitationList, invitations)],
      ]}
    >
      <Members sendsMail={Boolean(env.SMTP_URL || env.RESEND_API_KEY)} />
    </Prefetched>
  );
}
