"use client";

import * as Radix from "radix-ui/popover";
import type { PopoverProps } from "./popover";

export default function PopoverBody({
  trigger,
  label,
  children,
  align = "start",
  side = "bottom",
  width = 280,
  isOpen,
  onOpenChange,
}: PopoverProps & { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          style={{ width }}
          className="z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] animate-arrive overflow-y-auto rounded-lg border border-line bg-raised p-3 text-13 shadow-float outline-none"
        >
          {typeof children === "function" ? children(() => onOpenChange(false)) : children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
