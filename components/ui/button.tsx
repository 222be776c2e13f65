"use client";

import type { Route } from "next";
import Link from "next/link";
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from "react";
import { cn } from "./class-names";
import { Keys } from "./kbd";
import { Spinner } from "./spinner";
import { Tooltip } from "./tooltip";

export type ButtonVariant = "primary" | "second" | "quiet" | "risky" | "risky-solid";
export type ButtonSize = "row" | "normal" | "tall";

export type ButtonLook = {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** The act is under way: the button keeps its width, says so, and cannot be pressed twice. */
  busy?: boolean;
  /** The key that does the same, shown on the button. */
  keys?: string;
  icon?: ReactNode;
  /** Why it cannot be pressed now. The button stays reachable so that the reason can be read. */
  offBecause?: string | undefined;
};

const sizes: Record<ButtonSize, string> = {
  // On a phone it looks 36 px high and can be hit on 44.
  row: "h-[26px] px-[9px] coarse:h-9 coarse:px-3 coarse:after:absolute coarse:after:inset-x-0 coarse:after:-inset-y-1 coarse:after:content-['']",
  normal: "h-(--control) px-[11px]",
  tall: "h-[34px] px-3.5 coarse:h-11",
};

const variants: Record<ButtonVariant, string> = {
  primary: "border-accent bg-accent text-accent-ink hover:border-accent-hover hover:bg-accent-hover",
  second: "border-line-strong bg-surface text-ink hover:bg-hover",
  quiet: "border-transparent bg-transparent text-soft hover:bg-sunken hover:text-ink",
  risky: "border-line-strong bg-surface text-bad hover:bg-bad-soft",
  "risky-solid": "border-bad bg-bad text-bad-ink hover:brightness-95",
};

const off = "border-line bg-sunken text-faint cursor-not-allowed";
const offQuiet = "border-transparent bg-transparent text-faint cursor-not-allowed";

export function buttonClass({
  variant = "second",
  size = "normal",
  isOff = false,
}: {
  variant?: ButtonVariant;
  size?: ButtonSize;
  isOff?: boolean;
}): string {
  return cn(
    "relative inline-flex flex-none select-none items-center justify-center gap-[7px] whitespace-nowrap rounded-md border text-13 font-medium transition-colors duration-100 coarse:text-14",
    "focus-visible:rounded-md [&_svg.lucide]:size-3.5",
    sizes[size],
    isOff ? (variant === "quiet" ? offQuiet : off) : variants[variant],
  );
}

type ButtonProps = ButtonLook & Omit<ComponentPropsWithRef<"button">, "children"> & { children: ReactNode };

export function Button({
  variant = "second",
  size = "normal",
  busy = false,
  keys,
  icon,
  offBecause,
  disabled,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const isOff = Boolean(disabled || offBecause);
  const button = (
    <button
      type={type}
      data-solid={(variant === "primary" || variant === "risky-solid") && !isOff ? "" : undefined}
      className={cn(buttonClass({ variant, size, isOff }), className)}
      disabled={disabled}
      aria-disabled={busy || offBecause ? true : undefined}
      aria-busy={busy || undefined}
      onClick={(event: MouseEvent<HTMLButtonElement>) => {
        if (busy || offBecause) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
      {...rest}
    >
      {busy ? <Spinner /> : icon}
      {children}
      {keys && !isOff && !busy && (
        <span aria-hidden="true" className="-mr-0.5 ml-0.5 hidden sm:inline-flex">
          <Keys keys={keys} />
        </span>
      )}
    </button>
  );
  return offBecause ? <Tooltip text={offBecause}>{button}</Tooltip> : button;
}

/** Goes somewhere, looks like an act. */
export function ButtonLink({
  href,
  variant = "second",
  size = "normal",
  icon,
  keys,
  className,
  children,
  ...rest
}: Pick<ButtonLook, "variant" | "size" | "icon" | "keys"> &
  Omit<ComponentPropsWithRef<"a">, "href"> & { href: string; children: ReactNode }) {
  return (
    <Link
      href={href as Route}
      data-solid={variant === "primary" || variant === "risky-solid" ? "" : undefined}
      className={cn(buttonClass({ variant, size }), className)}
      {...rest}
    >
      {icon}
      {children}
      {keys && (
        <span aria-hidden="true" className="-mr-0.5 ml-0.5 hidden sm:inline-flex">
          <Keys keys={keys} />
        </span>
      )}
    </Link>
  );
}
