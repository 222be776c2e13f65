"use client";

import type { Route } from "next";
import Link from "next/link";
import { cn } from "@/components/ui/class-names";
import { BrandMark } from "./brand-mark";
import type { RoomGroup } from "./navigation";
import type { RoomCount, ShellProps } from "./shell-types";
import { WorkspaceSwitcher } from "./workspace-switcher";

export function Sidebar({
  groups,
  currentId,
  counts,
  ...switcher
}: {
  groups: readonly RoomGroup[];
  currentId: string | undefined;
  counts: Readonly<Record<string, RoomCount>>;
} & Pick<ShellProps, "workspace" | "workspaces" | "onSwitch" | "onCreateWorkspace">) {
  return (
    <aside
      aria-label="Sidebar"
      data-shell-chrome=""
      className="row-span-2 flex min-h-0 flex-col border-r border-line bg-paper max-md:hidden"
    >
      <Link
        href={"/overview" as Route}
        className="focus-inset flex h-12 flex-none items-center gap-[9px] px-4 text-14 font-semibold tracking-[-0.012em]"
      >
        <BrandMark />
        Madan Sara
      </Link>
      <nav aria-label="Rooms" className="min-h-0 grow overflow-y-auto px-2 pb-2">
        {groups.map((group, at) => (
          <div key={group.id}>
            <div
              id={`rooms-${group.id}`}
              className={cn("px-2 pb-1 text-12 font-medium text-faint", at === 0 ? "pt-1" : "pt-3")}
            >
              {group.label}
            </div>
            <ul aria-labelledby={`rooms-${group.id}`}>
              {group.rooms.map((room) => {
                const isCurrent = room.id === currentId;
                const count = counts[room.id];
                const Icon = room.icon;
                return (
                  <li key={room.id}>
                    <Link
                      href={room.href as Route}
                      aria-current={isCurrent ? "page" : undefined}
                      className={cn(
                        "focus-inset flex h-7 items-center gap-[9px] px-2 text-13",
                        isCurrent
                          ? "rounded-[2px_6px_6px_2px] bg-sunken font-strong text-ink shadow-[inset_2px_0_0_var(--accent)] [&>svg]:text-accent-text"
                          : "rounded-md font-book text-soft hover:bg-hover hover:text-ink",
                      )}
                    >
                      <Icon aria-hidden="true" />
                      <span className="min-w-0 truncate">{room.label}</span>
                      {count && count.count > 0 && (
                        <span className={cn("num ml-auto text-12 font-medium", count.isHot ? "text-bad" : "text-ink")}>
                          {count.count.toLocaleString()}
                          <span className="sr-only"> waiting</span>
                        </span>
                      )}
                    </Link>
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
      </nav>
      <WorkspaceSwitcher {...switcher} />
    </aside>
  );
}
