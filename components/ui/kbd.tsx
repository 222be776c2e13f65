"use client";

import { useSyncExternalStore } from "react";
import { cn } from "./class-names";
import { isMac } from "./keyboard";

const words: Record<string, string> = {
  enter: "↵",
  escape: "esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  shift: "⇧",
  space: "space",
};

const noChange = () => () => {};

/** "mod+k" is one cap, "g o" is two. On the server nobody's keyboard is known, so it reads Ctrl until it is. */
export function Keys({ keys, className }: { keys: string; className?: string }) {
  const mac = useSyncExternalStore(noChange, isMac, () => false);
  return (
    <span className={cn("inline-flex gap-[3px]", className)}>
      {keys.split(" ").map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one sequence never move
        <Kbd key={at}>{capOf(step, mac)}</Kbd>
      ))}
    </span>
  );
}

function capOf(step: string, mac: boolean): string {
  const parts = step.split("+").map((part) => {
    if (part === "mod") return mac ? "⌘" : "Ctrl ";
    const lower = part.toLowerCase();
    return words[lower] ?? (step.includes("+") ? part.toUpperCase() : part);
  });
  return parts.join("");
}

export function Kbd({ children, className }: { children: React.ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        "inline-flex h-[18px] min-w-[18px] flex-none items-center justify-center rounded-sm border border-line-strong bg-surface px-1 whitespace-nowrap font-sans text-11 font-medium text-soft",
        "in-data-solid:border-current in-data-solid:bg-transparent in-data-solid:text-current in-data-solid:opacity-85",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
