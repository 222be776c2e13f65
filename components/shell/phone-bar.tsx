"use client";

import { Ellipsis } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Drawer } from "@/components/ui/drawer";
import type { RoomGroup } from "./navigation";
import type { RoomCount, SwitcherProps } from "./shell-types";
import { WorkspaceList } from "./workspace-list";

const itemClass =
  "focus-inset relative flex min-w-0 flex-col items-center justify-center gap-[3px] text-11 leading-[14px] font-medium text-soft aria-[current]:text-accent-text [&_svg.lucide]:!size-5 [&_svg.lucide]:[stroke-width:1.7]";

/** The four most used under the thumb, the rest one touch away. */
export function PhoneBar({
  groups,
  currentId,
  counts,
  onHelp,
  ...switcher
}: {
  groups: readonly RoomGroup[];
  currentId: string | undefined;
  counts: Readonly<Record<string, RoomCount>>;
  onHelp: () => void;
} & SwitcherProps) {
  const [isMore, setMore] = useState(false);
  const close = () => setMore(false);
  const rooms = groups.flatMap((group) => group.rooms);
  const near = rooms
    .filter((room) => room.phone)
    .sort((a, b) => (a.phone ?? 9) - (b.phone ?? 9))
    .slice(0, 4);
  const isElsewhere = currentId !== undefined && !near.some((room) => room.id === currentId);
  return (
    <>
      <nav
        aria-label="Rooms"
        data-shell-chrome=""
        className="grid min-h-[62px] auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[max(6px,env(safe-area-inset-bottom))] md:hidden"
      >
        {near.map((room) => {
          const Icon = room.icon;
          const count = counts[room.id];
          return (
            <Link
              key={room.id}
              href={room.href as Route}
              aria-current={room.id === currentId ? "page" : undefined}
              className={itemClass}
            >
              <Icon aria-hidden="true" />
              <span className="max-w-full truncate px-0.5">{room.short ?? room.label}</span>
              {count && count.count > 0 && (
                <span
                  className={cn(
                    "num absolute top-[5px] left-1/2 ml-[7px] h-4 min-w-4 rounded-full px-1 text-center text-[10px] leading-4 font-semibold text-surface",
                    count.isHot ? "bg-bad" : "bg-soft",
                  )}
                >
                  {count.count > 99 ? "99+" : count.count}
                  <span className="sr-only"> waiting</span>
                </span>
              )}
            </Link>
          );
        })}
        <button
          type="button"
          aria-haspopup="dialog"
          aria-expanded={isMore}
          aria-current={isElsewhere ? "page" : undefined}
          onClick={() => setMore(true)}
          className={itemClass}
        >
          <Ellipsis aria-hidden="true" />
          More
        </button>
      </nav>
      <Drawer isOpen={isMore} onClose={close} title="More" side="bottom">
        <div className="grid gap-4">
          {groups.map((group) => (
            <div key={group.id}>
              <h3 className="pb-1 text-12 font-medium text-faint">{group.label}</h3>
              <ul>
                {group.rooms.map((room) => {
                  const Icon = room.icon;
                  return (
                    <li key={room.id}>
                      <Link
                        href={room.href as Route}
                        onClick={close}
                        aria-current={room.id === currentId ? "page" : undefined}
                        className="focus-inset flex min-h-11 items-center gap-3 rounded-md text-14 aria-[current]:font-strong aria-[current]:text-accent-text"
                      >
                        <Icon aria-hidden="true" />
                        {room.label}
                      </Link>
                    </li>
                  );
                })}
              </ul>
            </div>
          ))}
          <div>
            <h3 className="pb-1 text-12 font-medium text-faint">Workspace</h3>
            <div className="p-2">
              <WorkspaceList {...switcher} onDone={close} />
            </div>
          </div>
          <button
            type="button"
            className="min-h-11 text-left text-14 text-soft"
            onClick={() => {
              close();
              onHelp();
            }}
          >
            Keys and help
          </button>
        </div>
      </Drawer>
    </>
  );
}
