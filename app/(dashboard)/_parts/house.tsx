"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import { ProofHost } from "@/components/access/proof-host";
import { SessionWatch } from "@/components/access/session-watch";
import { type SignedIn, SignedInProvider } from "@/components/access/signed-in";
import { useContactSearch } from "@/components/contacts/use-contact-search";
import { Shell } from "@/components/shell/shell";
import { TimeSettingsProvider } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { type Me, meQuery, openWorkspace, signOut } from "@/lib/client/access";
import { speakFor } from "@/lib/client/api";
import type { Permission } from "@/lib/domain/access/permissions";

const NewWorkspaceDialog = lazy(() => import("@/components/access/new-workspace-dialog"));

/** The shell, filled with who is here. What a page does to its person (a new name, another zone) shows at once. */
export function House({ tenantUuid, first, children }: { tenantUuid: string; first: Me; children: ReactNode }) {
  // Before the first query of any page below: an effect would come too late for them.
  useState(() => {
    if (typeof window !== "undefined") speakFor(tenantUuid);
  });
  const { data: me = first } = useQuery(meQuery(tenantUuid));
  const [isCreating, setCreating] = useState(false);

  const signedIn = useMemo(() => signedInFrom(tenantUuid, me), [tenantUuid, me]);
  const settings = useMemo(() => timeSettings(me), [me]);

  const onSwitch = useCallback(
    async (next: string) => {
      try {
        // Asked for the person, not for a workspace: one may have been removed from the one that is open.
        speakFor(null);
        await openWorkspace(next);
        window.location.assign("/overview");
      } catch (error) {
        speakFor(tenantUuid);
        toast({ tone: "bad", text: error instanceof Error ? error.message : "The workspace did not open." });
      }
    },
    [tenantUuid],
  );
  const onSignOut = useCallback(async () => {
    try {
      await signOut();
      window.location.assign("/sign-in");
    } catch {
      toast({ tone: "bad", text: "You are still signed in: the server did not answer. Try again." });
    }
  }, []);
  const onCreateWorkspace = useCallback(() => setCreating(true), []);
  const { can } = signedIn;
  useContactSearch(can("contacts:read"));

  return (
    <SignedInProvider value={signedIn}>
      <TimeSettingsProvider {...settings}>
        <Shell
          person={signedIn.person}
          workspace={{ tenantUuid, name: signedIn.workspace.name, role: signedIn.role }}
          workspaces={me.workspaces}
          can={can}
          onSwitch={onSwitch}
          onCreateWorkspace={onCreateWorkspace}
          onSignOut={onSignOut}
          accountHref="/settings/profile"
        >
          {children}
        </Shell>
        <ProofHost
          way={me.person?.secondFactor === "on" ? "code" : me.person?.hasPassword === false ? "sign-in" : "password"}
        />
        <SessionWatch />
        {isCreating && (
          <Suspense fallback={null}>
            <NewWorkspaceDialog onClose={() => setCreating(false)} />
          </Suspense>
        )}
      </TimeSettingsProvider>
    </SignedInProvider>
  );
}

function signedInFrom(tenantUuid: string, me: Me): SignedIn {
  const { person, workspace, role } = me;
  // The gate lets nobody else in; this only tells the types.
  if (!person || !workspace || !role) throw new Error("Behind the shell there is a person in a workspace.");
  const held = new Set(me.permissions);
  return { tenantUuid, person, workspace, role, can: (permission: Permission) => held.has(permission) };
}

/** "en" alone would write dates the American way; whoever wants that says so. */
function timeSettings(me: Me) {
  const locale = me.person?.locale ?? "en";
  return {
    locale: locale === "en" ? "en-GB" : locale,
    timeZone: me.person?.timeZone ?? me.workspace?.timeZone ?? "UTC",
  };
}
