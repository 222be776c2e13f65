"use client";

import { ChevronsUpDown } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Popover } from "@/components/ui/popover";
import type { SwitcherProps } from "./shell-types";
import { WorkspaceList } from "./workspace-list";

export function WorkspaceSwitcher(props: SwitcherProps) {
  return (
    <Popover
      label="Workspaces"
      side="top"
      width={260}
      trigger={
        <button
          type="button"
          className="focus-inset flex h-11 w-full flex-none items-center gap-[9px] border-t border-line px-4 text-left text-13 font-medium hover:bg-hover"
        >
          <Avatar name={props.workspace.name} square />
          <span className="min-w-0 grow truncate">
            <span className="sr-only">Workspace: </span>
            {props.workspace.name}
          </span>
          <ChevronsUpDown aria-hidden="true" className="text-faint" />
        </button>
      }
    >
      {(close) => <WorkspaceList {...props} onDone={close} />}
    </Popover>
  );
}
