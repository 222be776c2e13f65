"use client";

import type { ComponentPropsWithRef, ReactNode } from "react";
import { cn } from "./class-names";

/** Takes effect at once; where something is saved later, use a checkbox. */
export function Switch({
  label,
  help,
  hideLabel = false,
  className,
  ...rest
}: Omit<ComponentPropsWithRef<"input">, "type" | "role"> & {
  label: ReactNode;
  help?: ReactNode;
  hideLabel?: boolean;
}) {
  return (
    <label
      className={cn("inline-flex min-h-6 items-start gap-2.5 text-13 coarse:min-h-11 coarse:items-center", className)}
    >
      <span className="relative mt-px inline-flex flex-none items-center">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state
          role="switch"
          className="peer h-[18px] w-8 appearance-none rounded-full border border-line-field bg-sunken transition-colors duration-100 checked:border-accent checked:bg-accent focus-visible:rounded-full disabled:opacity-50"
          {...rest}
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute left-[3px] size-3 rounded-full bg-soft transition-transform duration-100 peer-checked:translate-x-3.5 peer-checked:bg-accent-ink"
        />
      </span>
      <span className={hideLabel ? "sr-only" : ""}>
        {label}
        {help && <span className="block text-12 text-soft">{help}</span>}
      </span>
    </label>
  );
}
