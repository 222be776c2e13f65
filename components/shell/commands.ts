import type { ReactNode } from "react";

/** What can be done, as data: the palette, the help sheet, the menu and the tooltip read the same list. */
export type Command = {
  id: string;
  label: string;
  /** "mod+k" pressed together, "g o" one after the other. */
  keys?: string;
  /** `global`, or the name of the page or part where it works. */
  scope: string;
  run: () => void;
  /** The heading in palette and help sheet. */
  group?: string;
  icon?: ReactNode;
  /** More words by which it is found. */
  words?: readonly string[];
  /** A word at the right in the palette. */
  hint?: string;
  isHidden?: boolean;
};

/** Keys that parts of every page keep for themselves: lists, and undo while it lives. */
export const reservedKeys: readonly Pick<Command, "id" | "label" | "keys" | "scope" | "group">[] = [
  { id: "list.next", label: "Next", keys: "j", scope: "lists", group: "In lists" },
  { id: "list.previous", label: "Previous", keys: "k", scope: "lists", group: "In lists" },
  { id: "list.open", label: "Open", keys: "enter", scope: "lists", group: "In lists" },
  { id: "list.select", label: "Select", keys: "x", scope: "lists", group: "In lists" },
  { id: "list.reach", label: "Select up to here", keys: "shift+x", scope: "lists", group: "In lists" },
  { id: "undo", label: "Undo", keys: "z", scope: "lists", group: "In lists" },
];

/** One spelling for each step, so that two ways of writing it can be compared: "Mod+K" is "mod+k". */
export function stepsOf(keys: string): string[] {
  return keys
    .trim()
    .split(/\s+/)
    .map((step) => {
      const parts = step.split("+").filter(Boolean);
      const key = (step.endsWith("+") ? "+" : (parts.pop() ?? "")).toLowerCase();
      const held = parts.map((part) => part.toLowerCase());
      return [...["mod", "ctrl", "alt", "shift"].filter((each) => held.includes(each)), key].join("+");
    });
}

type Pressed = { key: string; metaKey: boolean; ctrlKey: boolean; altKey: boolean; shiftKey: boolean };

/** What was pressed, in the same spelling. A sign that needs shift on this keyboard ("?") is itself, wherever it lies. */
export function stepFrom(event: Pressed, mac: boolean): string {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const isSign = event.key.length === 1 && !/[a-z0-9]/i.test(event.key);
  const held = [
    (mac ? event.metaKey : event.ctrlKey) && "mod",
    mac && event.ctrlKey && "ctrl",
    event.altKey && !isSign && "alt",
    event.shiftKey && !isSign && "shift",
  ].filter(Boolean);
  return [...held, key].join("+");
}

export type Match<C> = { kind: "run"; command: C } | { kind: "wait" } | { kind: "none" };

/** What the steps pressed so far mean. A page's own command comes before one that works everywhere. */
export function matchSteps<C extends Pick<Command, "keys" | "scope">>(
  pressed: readonly string[],
  commands: readonly C[],
): Match<C> {
  let waits = false;
  let found: C | undefined;
  for (const command of commands) {
    if (!command.keys) continue;
    const steps = stepsOf(command.keys);
    if (!pressed.every((step, at) => steps[at] === step)) continue;
    if (steps.length > pressed.length) waits = true;
    else if (!found || (found.scope === "global" && command.scope !== "global")) found = command;
  }
  if (found) return { kind: "run", command: found };
  return waits ? { kind: "wait" } : { kind: "none" };
}

export type Conflict = { keys: string; ids: [string, string] };

/**
 * Two commands that can be alive together and answer to the same keys, or where one's keys begin the other's: the longer
 * could then never be reached. `global` and `lists` live beside every page; two pages never live together.
 */
export function findConflicts(commands: readonly Pick<Command, "id" | "keys" | "scope">[]): Conflict[] {
  const everywhere = new Set(["global", "lists"]);
  const conflicts: Conflict[] = [];
  for (const [at, one] of commands.entries()) {
    if (!one.keys) continue;
    const oneSteps = stepsOf(one.keys);
    for (const other of commands.slice(at + 1)) {
      if (!other.keys || one.id === other.id) continue;
      if (one.scope !== other.scope && !everywhere.has(one.scope) && !everywhere.has(other.scope)) continue;
      const otherSteps = stepsOf(other.keys);
      const shorter = Math.min(oneSteps.length, otherSteps.length);
      if (oneSteps.slice(0, shorter).join(" ") === otherSteps.slice(0, shorter).join(" "))
        conflicts.push({ keys: oneSteps.slice(0, shorter).join(" "), ids: [one.id, other.id] });
    }
  }
  return conflicts;
}

/** In the order in which the groups first come. */
export function byGroup<C>(commands: readonly C[], groupOf: (command: C) => string): Map<string, C[]> {
  const groups = new Map<string, C[]>();
  for (const command of commands) groups.set(groupOf(command), [...(groups.get(groupOf(command)) ?? []), command]);
  return groups;
}
