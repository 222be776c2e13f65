"use client";

import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { Command } from "@/components/shell/commands";
import { Crumbs } from "@/components/shell/crumbs";
import { useCommands } from "@/components/shell/use-commands";
import { Page, PageHead } from "@/components/ui/page-head";
import { TabLinks } from "@/components/ui/tabs";

/** The views of the settings: first what everybody shares, then what is one's own. */
const views = [
  { id: "workspace", label: "Workspace", words: ["currency", "time zone", "origins", "address"] },
  { id: "members", label: "Members", words: ["people", "invite", "roles", "permissions"] },
  { id: "contacts", label: "Contacts", words: ["tags", "attributes", "lead score", "weights", "grade"] },
  { id: "consent", label: "Consent", words: ["topics", "suppression", "unsubscribe", "opt-out", "block"] },
  { id: "data-protection", label: "Data protection", words: ["privacy", "erasure", "requests", "retention", "GDPR"] },
  { id: "profile", label: "Your profile", words: ["name", "language", "theme"] },
  { id: "security", label: "Your sign-in", words: ["password", "second factor", "sessions", "devices"] },
] as const;

const tabs = views.map(({ id, label }) => ({ id, label, href: `/settings/${id}` }));

export function SettingsFrame({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const router = useRouter();
  const current = views.find((view) => pathname.startsWith(`/settings/${view.id}`));
  const commands = useMemo<Command[]>(
    () =>
      views.map((view) => ({
        id: `settings.${view.id}`,
        label: `Settings: ${view.label.toLowerCase()}`,
        words: view.words,
        scope: "settings",
        group: "Go to",
        run: () => router.push(`/settings/${view.id}` as Route),
      })),
    [router],
  );
  useCommands(commands);
  const tabRow = useTabInSight(pathname);
  return (
    <Page>
      {current && <Crumbs trail={[{ label: current.label }]} />}
      <PageHead title="Settings" />
      <div ref={tabRow}>
        <TabLinks label="Settings" tabs={tabs} current={current?.id ?? ""} />
      </div>
      <div className="pt-5">{children}</div>
    </Page>
  );
}

/** On a phone the row of tabs is wider than the screen, and the one that is open must not stand beyond its edge. */
function useTabInSight(pathname: string) {
  const row = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page means another tab.
  useEffect(() => {
    const open = row.current?.querySelector<HTMLElement>("[aria-current=page]");
    const strip = open?.parentElement;
    if (open && strip)
      strip.scrollLeft = open.offsetLeft - strip.offsetLeft - (strip.clientWidth - open.offsetWidth) / 2;
  }, [pathname]);
  return row;
}
