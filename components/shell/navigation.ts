import {
  ChartPie,
  Clock,
  Code,
  House,
  type LucideIcon,
  SlidersHorizontal,
  SquareCheck,
  Users,
  Workflow,
} from "lucide-react";
import type { Permission } from "@/lib/domain/access/permissions";

export type Room = {
  id: string;
  label: string;
  /** Where a label has the width of a thumb. */
  short?: string;
  href: string;
  icon: LucideIcon;
  /** The second key after `g`. */
  key: string;
  /** Who may enter; without it everyone in the workspace. */
  permission?: Permission;
  /** More words by which the command palette finds it. */
  words?: readonly string[];
  /** Place in the bar of a phone; the rest waits behind "More". */
  phone?: number;
};

export type RoomGroup = { id: string; label: string; rooms: readonly Room[] };

/** Only rooms that exist. A new room is one line here, under the group where people will look for it. */
export const groups: readonly RoomGroup[] = [
  {
    id: "work",
    label: "Work",
    // inbox (i), approvals (a)
    rooms: [
      {
        id: "overview",
        label: "Overview",
        href: "/overview",
        icon: House,
        key: "o",
        words: ["home", "start"],
        phone: 1,
      },
      {
        id: "tasks",
        label: "Tasks",
        href: "/tasks",
        icon: SquareCheck,
        key: "d",
        permission: "contacts:read",
        words: ["to do", "due", "overdue", "promises"],
        phone: 3,
      },
    ],
  },
  // campaigns (c), sequences (q), templates (t), social (l)
  { id: "reach", label: "Reach", rooms: [] },
  // contacts (p), segments (e)
  {
    id: "people",
    label: "People",
    rooms: [
      {
        id: "contacts",
        label: "Contacts",
        href: "/contacts",
        icon: Users,
        key: "p",
        permission: "contacts:read",
        words: ["people", "customers", "crm", "import", "duplicates"],
        phone: 2,
      },
      {
        id: "segments",
        label: "Segments",
        href: "/segments",
        icon: ChartPie,
        key: "e",
        permission: "segments:read",
        words: ["lists", "audience", "rules", "groups of people"],
      },
    ],
  },
  // website (w), funnels (f), conversions (v), experiments (x), practices (b)
  { id: "learn", label: "Learn", rooms: [] },
  {
    id: "set-up",
    label: "Set up",
    // channels (h)
    rooms: [
      {
        id: "agents",
        label: "Agents and API",
        short: "Agents",
        href: "/agents",
        icon: Code,
        key: "k",
        permission: "keys:read",
        words: ["keys", "tokens", "scopes"],
      },
      {
        id: "runs",
        label: "Runs",
        href: "/runs",
        icon: Workflow,
        key: "r",
        permission: "runs:read",
        words: ["jobs", "functions", "events", "engine", "failures", "replay"],
      },
      {
        id: "audit",
        label: "Audit",
        href: "/audit",
        icon: Clock,
        key: "u",
        permission: "audit:read",
        words: ["log", "history", "who did what"],
      },
      {
        id: "settings",
        label: "Settings",
        href: "/settings",
        icon: SlidersHorizontal,
        key: "s",
        words: ["members", "invite", "workspace", "security"],
        phone: 4,
      },
    ],
  },
];

export function roomsFor(can: (permission: Permission) => boolean): RoomGroup[] {
  return groups
    .map((group) => ({ ...group, rooms: group.rooms.filter((room) => !room.permission || can(room.permission)) }))
    .filter((group) => group.rooms.length > 0);
}

/** The room a path lies in. */
export function roomAt(pathname: string, inGroups: readonly RoomGroup[]): Room | undefined {
  return inGroups
    .flatMap((group) => group.rooms)
    .find((room) => pathname === room.href || pathname.startsWith(`${room.href}/`));
}
