"use client";

import type { ComponentPropsWithRef, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import { cn } from "./class-names";
import { Spinner } from "./spinner";
import { Tooltip } from "./tooltip";

const widths: Record<ButtonSize, string> = {
  row: "w-[26px] !px-0 coarse:w-11",
  normal: "w-(--control) !px-0",
  tall: "w-[34px] !px-0 coarse:w-11",
};

/** A picture without a word still has a name: for the tooltip and for those who hear the page. */
export function IconButton({
  label,
  keys,
  variant = "quiet",
  size = "normal",
  busy = false,
  className,
  children,
  disabled,
  type = "button",
  ...rest
}: {
  label: string;
  keys?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  busy?: boolean;
  children: ReactNode;
} & Omit<ComponentPropsWithRef<"button">, "children" | "aria-label">) {
  return (
    <Tooltip text={label} {...(keys ? { keys } : {})} isName>
      <button
        type={type}
        aria-label={label}
        aria-busy={busy || undefined}
        disabled={disabled || busy}
        className={cn(
          buttonClass({ variant, size, isOff: Boolean(disabled) }),
          widths[size],
          "[&_svg.lucide]:!size-4",
          className,
        )}
        {...rest}
      >
        {busy ? <Spinner /> : children}
      </button>
    </Tooltip>
  );
}
