"use client";

import { Building2, ChartPie, CircleHelp, MonitorCog, Moon, Plus, Sun, UserRound } from "lucide-react";
import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { warmDialog } from "@/components/ui/dialog";
import type { Command } from "./commands";
import { HelpSheet } from "./help-sheet";
import { LineBanner } from "./line-banner";
import { roomAt, roomsFor } from "./navigation";
import { PhoneBar } from "./phone-bar";
import type { ShellProps } from "./shell-types";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";
import { useCommands, useShortcuts } from "./use-commands";

const loadPalette = () => import("./palette");
const Palette = lazy(loadPalette);

/** Everything around a page: rooms at the left, the bar above, the palette, the keys. */
export function Shell({
  person,
  workspace,
  workspaces,
  can,
  onSwitch,
  onCreateWorkspace,
  onSignOut,
  accountHref,
  counts = {},
  tools,
  children,
}: ShellProps) {
  const pathname = usePathname();
  const router = useRouter();
  const { setTheme } = useTheme();
  const [isPalette, setPalette] = useState(false);
  const [isHelp, setHelp] = useState(false);
  const main = useRef<HTMLElement>(null);

  const groups = roomsFor(can);
  const room = roomAt(pathname, groups);

  const commands = useMemo<Command[]>(
    () => [
      {
        id: "palette",
        label: "Search or run a command",
        keys: "mod+k",
        scope: "global",
        group: "Do",
        isHidden: true,
        run: () => setPalette(true),
      },
      {
        id: "help",
        label: "Keys and help",
        keys: "?",
        scope: "global",
        group: "Do",
        icon: <CircleHelp aria-hidden="true" />,
        run: () => setHelp(true),
      },
      ...roomsFor(can)
        .flatMap((group) => group.rooms)
        .map(
          (each): Command => ({
            id: `go.${each.id}`,
            label: each.label,
            keys: `g ${each.key}`,
            scope: "global",
            group: "Go to",
            icon: <each.icon aria-hidden="true" />,
            ...(each.words ? { words: each.words } : {}),
            run: () => router.push(each.href as Route),
          }),
        ),
      {
        id: "account",
        label: "Your account",
        scope: "global",
        group: "Go to",
        icon: <UserRound aria-hidden="true" />,
        run: () => router.push((accountHref ?? "/settings") as Route),
      },
      {
        id: "theme.light",
        label: "Light colours",
        scope: "global",
        group: "Do",
        words: ["theme"],
        icon: <Sun aria-hidden="true" />,
        run: () => setTheme("light"),
      },
      {
        id: "theme.dark",
        label: "Dark colours",
        scope: "global",
        group: "Do",
        words: ["theme", "night"],
        icon: <Moon aria-hidden="true" />,
        run: () => setTheme("dark"),
      },
      {
        id: "theme.system",
        label: "Colours as the system",
        scope: "global",
        group: "Do",
        words: ["theme"],
        icon: <MonitorCog aria-hidden="true" />,
        run: () => setTheme("system"),
      },
      ...(can("segments:write")
        ? [
            {
              id: "segments.create",
              label: "New segment",
              scope: "global",
              group: "Do",
              words: ["audience", "rules"],
              icon: <ChartPie aria-hidden="true" />,
              run: () => router.push("/segments/new"),
            },
          ]
        : []),
      ...(onCreateWorkspace
        ? [
            {
              id: "workspace.create",
              label: "Create a workspace",
              scope: "global",
              group: "Workspaces",
              icon: <Plus aria-hidden="true" />,
              run: onCreateWorkspace,
            },
          ]
        : []),
      ...workspaces
        .filter((each) => each.tenantUuid !== workspace.tenantUuid)
        .map(
          (each): Command => ({
            id: `workspace.${each.tenantUuid}`,
            label: `Switch to ${each.name}`,
            hint: each.role,
            words: [each.name],
            scope: "global",
            group: "Workspaces",
            icon: <Building2 aria-hidden="true" />,
            run: () => onSwitch(each.tenantUuid),
          }),
        ),
    ],
    [can, router, setTheme, accountHref, onCreateWorkspace, workspaces, workspace.tenantUuid, onSwitch],
  );
  useCommands(commands);
  useShortcuts();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    main.current?.scrollTo(0, 0);
  }, [pathname]);

  // Layers are fetched while nothing else happens: they then open at once, and without a line too.
  useEffect(() => {
    const timer = setTimeout(() => {
      warmDialog();
      void loadPalette();
    }, 3_000);
    return () => clearTimeout(timer);
  }, []);

  const switcher = { workspace, workspaces, onSwitch, ...(onCreateWorkspace ? { onCreateWorkspace } : {}) };
  return (
    <div className="grid h-dvh grid-cols-[212px_minmax(0,1fr)] grid-rows-[48px_minmax(0,1fr)] max-md:grid-cols-1 max-md:grid-rows-[52px_minmax(0,1fr)_auto] print:block print:h-auto">
      <a
        href="#main"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-accent px-3 py-2 text-13 font-medium text-accent-ink focus:translate-y-0"
      >
        Skip to the page
      </a>
      <Sidebar groups={groups} currentId={room?.id} counts={counts} {...switcher} />
      <TopBar
        room={room}
        onSearch={() => setPalette(true)}
        onHelp={() => setHelp(true)}
        onNear={() => void loadPalette()}
        tools={tools}
        person={person}
        {...(accountHref ? { accountHref } : {})}
        {...(onSignOut ? { onSignOut } : {})}
      />
      <main
        ref={main}
        id="main"
        tabIndex={-1}
        className="relative min-h-0 min-w-0 overflow-y-auto outline-none print:overflow-visible"
      >
        <LineBanner />
        {children}
      </main>
      <PhoneBar groups={groups} currentId={room?.id} counts={counts} onHelp={() => setHelp(true)} {...switcher} />
      <HelpSheet isOpen={isHelp} onClose={() => setHelp(false)} pageName={room?.label} />
      {isPalette && (
        <Suspense fallback={null}>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  );
}
