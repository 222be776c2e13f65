import type { Metadata } from "next";
import { sessionsQuery } from "@/lib/client/access";
import { SessionList } from "@/lib/domain/access/shapes";
import { listSessions } from "@/lib/services/access/sessions";
import { inside } from "../../_parts/inside";
import { asSent, Prefetched } from "../../_parts/prefetched";
import { Security } from "./client";

export const metadata: Metadata = { title: "Your sign-in" };

export default async function SecurityPage() {
  const { ctx, signed } = await inside();
  const sessions = await listSessions(signed);
  return (
    <Prefetched entries={[[sessionsQuery(ctx.tenantId).queryKey, asSent(SessionList, sessions)]]}>
      <Security />
    </Prefetched>
  );
}
