"use client";

import { Command } from "cmdk";
import { Check } from "lucide-react";
import * as Popover from "radix-ui/popover";
import type { ReactElement } from "react";
import { cn } from "./class-names";
import type { ComboboxProps } from "./combobox";

export default function ComboboxBody({
  choices,
  value,
  onChange,
  onType,
  emptyText = "Nothing by that name.",
  placeholder = "Search",
  trigger,
  listId,
  onClose,
}: ComboboxProps & { trigger: ReactElement; listId: string; onClose: () => void }) {
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor asChild>{trigger}</Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          aria-label={placeholder}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-50 w-(--radix-popover-trigger-width) min-w-56 animate-arrive overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none"
        >
          <Command id={listId} label={placeholder} loop defaultValue={value ?? ""}>
            <Command.Input
              placeholder={placeholder}
              {...(onType ? { onValueChange: onType } : {})}
              className="h-9 w-full border-b border-line bg-transparent px-3 text-13 outline-none coarse:h-11 coarse:text-16"
            />
            <Command.List className="max-h-64 overflow-y-auto p-1">
              <Command.Empty className="px-2 py-3 text-13 text-soft">{emptyText}</Command.Empty>
              {choices.map((choice) => (
                <Command.Item
                  key={choice.value}
                  value={choice.value}
                  keywords={[choice.label]}
                  disabled={choice.disabled ?? false}
                  onSelect={() => {
                    onChange(choice.value);
                    onClose();
                    requestAnimationFrame(() => document.getElementById(listId.replace(/-list$/, ""))?.focus());
                  }}
                  className="flex min-h-[30px] items-center gap-2 rounded-[5px] px-2 text-13 data-[selected=true]:bg-sunken coarse:min-h-11 coarse:text-14"
                >
                  <Check
                    aria-hidden="true"
                    className={cn("!size-3.5 text-accent-text", choice.value !== value && "invisible")}
                  />
                  <span className="min-w-0 grow truncate">{choice.label}</span>
                  {choice.hint && <span className="text-12 text-faint">{choice.hint}</span>}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
