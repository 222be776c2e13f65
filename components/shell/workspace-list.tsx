"use client";

import { Check, Plus } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";
import type { SwitcherProps } from "./shell-types";

const searchFrom = 9;
const rowClass =
  "flex min-h-9 w-full items-center gap-2.5 rounded-[5px] px-2 text-left text-13 hover:bg-sunken focus-visible:bg-sunken coarse:min-h-11 coarse:text-14";

export function WorkspaceList({
  workspace,
  workspaces,
  onSwitch,
  onCreateWorkspace,
  onDone,
}: SwitcherProps & { onDone: () => void }) {
  const [words, setWords] = useState("");
  const found = workspaces.filter((each) => fold(each.name).includes(fold(words.trim())));

  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input, button")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[(at + step + stops.length) % stops.length]?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows only repeat what Tab does
    <div className="-m-2" onKeyDown={move}>
      {workspaces.length >= searchFrom && (
        <div className="pb-1.5">
          <Input
            value={words}
            onChange={(event) => setWords(event.target.value)}
            placeholder="Find a workspace"
            aria-label="Find a workspace"
            onKeyDown={(event) => {
              const only = found.length === 1 ? found[0] : undefined;
              if (event.key !== "Enter" || !only) return;
              onDone();
              onSwitch(only.tenantUuid);
            }}
          />
        </div>
      )}
      <ul className="max-h-72 overflow-y-auto">
        {found.map((each) => {
          const isCurrent = each.tenantUuid === workspace.tenantUuid;
          return (
            <li key={each.tenantUuid}>
              <button
                type="button"
                aria-current={isCurrent ? "true" : undefined}
                onClick={() => {
                  onDone();
                  if (!isCurrent) onSwitch(each.tenantUuid);
                }}
                className={rowClass}
              >
                <Avatar name={each.name} square />
                <span className={cn("min-w-0 grow truncate", isCurrent && "font-medium")}>{each.name}</span>
                <span className="text-12 text-faint">{each.role}</span>
                <Check aria-hidden="true" className={cn("!size-3.5 text-accent-text", !isCurrent && "invisible")} />
              </button>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p className="px-2 py-2 text-13 text-soft">No workspace of yours has that name.</p>}
      {onCreateWorkspace && (
        <div className="mt-1.5 border-t border-line pt-1.5">
          <button
            type="button"
            onClick={() => {
              onDone();
              onCreateWorkspace();
            }}
            className={cn(rowClass, "text-soft")}
          >
            <span className="grid size-[22px] place-items-center">
              <Plus aria-hidden="true" />
            </span>
            Create a workspace
          </button>
        </div>
      )}
    </div>
  );
}

/** "kreyòl" is found by "kreyol". */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
