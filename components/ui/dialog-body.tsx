"use client";

import { X } from "lucide-react";
import * as Radix from "radix-ui/dialog";
import { useRef } from "react";
import { cn } from "./class-names";
import type { DialogProps } from "./dialog";
import type { DrawerProps } from "./drawer";
import { IconButton } from "./icon-button";

const widths = { small: "max-w-[400px]", normal: "max-w-[520px]", wide: "max-w-[760px]" };

/** The opener is noted on the first render, before focus moves in: it may be gone from a menu by the time we close. */
function useReturn() {
  const opener = useRef<Element | null>(typeof document === "undefined" ? null : document.activeElement);
  return (event: Event) => {
    event.preventDefault();
    if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
  };
}

/** Into the first field if there is one; else onto the layer itself, not onto its cross. */
function focusIn(event: Event) {
  event.preventDefault();
  const layer = event.currentTarget;
  if (!(layer instanceof HTMLElement)) return;
  const field = layer.querySelector<HTMLElement>(
    "[autofocus], input:not([type=hidden]):not(:disabled), textarea, select",
  );
  (field ?? layer).focus();
}

export default function DialogBody({
  onClose,
  title,
  says,
  children,
  footer,
  width = "normal",
  holds = false,
}: DialogProps) {
  const goBack = useReturn();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-arrive bg-scrim" />
        <Radix.Content
          onOpenAutoFocus={focusIn}
          onCloseAutoFocus={goBack}
          {...(holds ? { onInteractOutside: (event: Event) => event.preventDefault() } : {})}
          {...(says ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed top-[min(14vh,140px)] left-1/2 z-50 flex max-h-[calc(100dvh-min(14vh,140px)-24px)] w-[calc(100vw-32px)] -translate-x-1/2 animate-arrive flex-col rounded-lg border border-line bg-raised shadow-float outline-none",
            "max-sm:top-auto max-sm:bottom-0 max-sm:left-0 max-sm:max-h-[88dvh] max-sm:w-full max-sm:max-w-none max-sm:translate-x-0 max-sm:rounded-b-none",
            widths[width],
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-[18px]">
            <div className="min-w-0 grow">
              <Radix.Title className="text-16 tracking-[-0.01em]">{title}</Radix.Title>
              {says && <Radix.Description className="mt-1 text-13 text-soft">{says}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" size="row" className="-mt-1 -mr-2">
                <X aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="min-h-0 grow overflow-y-auto px-5 pt-3 pb-[18px]">{children}</div>
          {footer && <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function DrawerBody({ onClose, title, says, children, footer, side = "right" }: DrawerProps) {
  const goBack = useReturn();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-arrive bg-scrim" />
        <Radix.Content
          onOpenAutoFocus={(event) => {
            if (side === "right") return focusIn(event);
            // On a phone a focused field would pull the keyboard over the sheet.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onCloseAutoFocus={goBack}
          {...(says ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed z-50 flex animate-arrive flex-col border-line bg-raised shadow-float outline-none",
            side === "right"
              ? "inset-y-0 right-0 w-[416px] max-w-full border-l max-sm:w-full"
              : "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-lg border-t",
          )}
        >
          <div className="flex h-12 flex-none items-center gap-3 border-b border-line pr-3 pl-5">
            <Radix.Title className="min-w-0 grow truncate text-14">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close">
                <X aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="min-h-0 grow overflow-y-auto px-5 py-4">
            {says && <Radix.Description className="mb-3 text-13 text-soft">{says}</Radix.Description>}
            {children}
          </div>
          {footer && <div className="flex flex-wrap gap-2 border-t border-line px-5 py-3">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
