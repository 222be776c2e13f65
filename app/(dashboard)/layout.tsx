import type { ReactNode } from "react";
import { meQuery } from "@/lib/client/access";
import { Me } from "@/lib/domain/access/shapes";
import { describePerson } from "@/lib/services/access/describe-me";
import { House } from "./_parts/house";
import { inside } from "./_parts/inside";
import { asSent, Prefetched } from "./_parts/prefetched";

/** The session gate of everything behind the shell. Each page asks again, because a layout outlives a navigation. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { ctx, signed } = await inside();
  const me = asSent(Me, await describePerson(signed, ctx));
  return (
    <Prefetched entries={[[meQuery(ctx.tenantId).queryKey, me]]}>
      <House tenantUuid={ctx.tenantId} first={me}>
        {children}
      </House>
    </Prefetched>
  );
}
