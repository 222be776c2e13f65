"use client";

import { CircleHelp, Search } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Keys } from "@/components/ui/kbd";
import { AccountMenu } from "./account-menu";
import { BrandMark } from "./brand-mark";
import { CrumbTrail } from "./crumbs";
import type { Room } from "./navigation";
import type { ShellProps } from "./shell-types";

export function TopBar({
  room,
  onSearch,
  onHelp,
  onNear,
  tools,
  ...account
}: {
  room: Room | undefined;
  onSearch: () => void;
  onHelp: () => void;
  /** The palette is fetched when the pointer comes near. */
  onNear: () => void;
  tools?: ReactNode;
} & Pick<ShellProps, "person" | "accountHref" | "onSignOut">) {
  return (
    <header
      data-shell-chrome=""
      className="flex h-12 items-center gap-3 border-b border-line bg-paper pr-4 pl-6 max-md:h-[52px] max-md:gap-1 max-md:pr-1.5 max-md:pl-4"
    >
      <div className="flex min-w-0 flex-1 items-center gap-2.5 max-md:text-16">
        <span className="md:hidden">
          <BrandMark size={24} />
        </span>
        <CrumbTrail room={room} />
      </div>
      <button
        type="button"
        onClick={onSearch}
        onPointerEnter={onNear}
        onFocus={onNear}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-[30px] w-56 min-w-0 items-center gap-2 rounded-md border border-line bg-surface pr-1.5 pl-2.5 text-left text-13 text-faint hover:border-line-strong max-md:hidden lg:mx-auto lg:w-80"
      >
        <Search aria-hidden="true" className="!size-3.5" />
        <span className="min-w-0 grow truncate">Search or run a command</span>
        <span aria-hidden="true">
          <Keys keys="mod+k" />
        </span>
      </button>
      <div className="flex items-center justify-end gap-1.5 md:flex-1">
        {tools}
        <IconButton label="Search or run a command" onClick={onSearch} className="md:hidden">
          <Search aria-hidden="true" className="!size-5" />
        </IconButton>
        <IconButton label="Keys and help" keys="?" onClick={onHelp} className="max-md:hidden">
          <CircleHelp aria-hidden="true" />
        </IconButton>
        <AccountMenu {...account} />
      </div>
    </header>
  );
}
