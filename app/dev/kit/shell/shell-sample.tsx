"use client";

import { Crumbs } from "@/components/shell/crumbs";
import { Shell } from "@/components/shell/shell";
import { Button } from "@/components/ui/button";
import { Band, Page, PageHead } from "@/components/ui/page-head";
import { toast } from "@/components/ui/toast";
import { MessageTable } from "../_parts/tables";

const names = [
  "Atelye Lakay",
  "Boutik Jakmèl",
  "Kay Endigo",
  "Marché Salomon",
  "Maison Thérèse",
  "Twal ak Koulè",
  "Pwent Bizi",
  "Fil Dò",
  "Lakou Tisran",
  "Zegwi",
];
const workspaces = names.map((name, at) => ({
  tenantUuid: `t${at}`,
  name,
  role: at === 0 ? ("owner" as const) : ("marketer" as const),
}));
const first = { tenantUuid: "t0", name: "Atelye Lakay", role: "owner" as const };

export function ShellSample() {
  return (
    <Shell
      person={{ name: "Rose-Laure Pierre", email: "rose-laure@atelyelakay.example" }}
      workspace={first}
      workspaces={workspaces}
      can={() => true}
      onSwitch={(tenantUuid) => toast({ text: `Switched to ${tenantUuid}` })}
      onCreateWorkspace={() => toast({ tone: "info", text: "Create" })}
      onSignOut={() => toast({ tone: "info", text: "Signed out" })}
      counts={{ audit: { count: 3, isHot: true } }}
    >
      <Crumbs trail={[{ label: "Style page", href: "/dev/kit" }, { label: "Shell" }]} />
      <Page>
        <PageHead title="Good morning, Rose-Laure" actions={<Button keys="c">New campaign</Button>}>
          Friday 20 November, 09:12 in Port-au-Prince
        </PageHead>
        <Band title="Needs you" says="4 things. The first two cost goodwill by the minute.">
          <MessageTable id="kit-shell" count={60} hasHotkeys />
        </Band>
      </Page>
    </Shell>
  );
}
