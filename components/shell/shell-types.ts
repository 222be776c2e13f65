import type { ReactNode } from "react";
import type { Permission } from "@/lib/domain/access/permissions";
import type { Role } from "@/lib/domain/access/vocabulary";

export type WorkspaceEntry = { tenantUuid: string; name: string; role: Role };

/** A number beside a room, only where it asks for action. `hot` costs something by the minute. */
export type RoomCount = { count: number; isHot?: boolean };

export type SwitcherProps = Pick<ShellProps, "workspace" | "workspaces" | "onSwitch" | "onCreateWorkspace">;

export type ShellProps = {
  person: { name: string; email: string };
  workspace: WorkspaceEntry;
  workspaces: readonly WorkspaceEntry[];
  can: (permission: Permission) => boolean;
  onSwitch: (tenantUuid: string) => void;
  onCreateWorkspace?: () => void;
  onSignOut?: () => void;
  accountHref?: string;
  counts?: Readonly<Record<string, RoomCount>>;
  /** What must stay within reach at the top right: stop-all, when there is something to stop. */
  tools?: ReactNode;
  children: ReactNode;
};
