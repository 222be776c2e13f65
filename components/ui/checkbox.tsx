"use client";

import { type ComponentPropsWithRef, type ReactNode, useEffect, useRef } from "react";
import { cn } from "./class-names";
import { useControl } from "./field-context";

const mark =
  "peer size-3.5 flex-none appearance-none border border-line-field bg-surface checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:border-line disabled:bg-sunken coarse:size-[18px]";

/** The native box, drawn. The hit area is at least 24 px, 44 under a finger. */
export function Checkbox({
  label,
  help,
  indeterminate = false,
  hideLabel = false,
  className,
  ...rest
}: Omit<ComponentPropsWithRef<"input">, "type"> & {
  label: ReactNode;
  help?: ReactNode;
  indeterminate?: boolean;
  hideLabel?: boolean;
}) {
  const wired = useControl(rest);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);
  return (
    <label
      className={cn(
        "inline-flex align-middle text-13 coarse:text-14",
        hideLabel
          ? "min-h-6 min-w-6 items-center justify-center coarse:min-h-11 coarse:min-w-11"
          : "min-h-6 items-start gap-2 py-[3px] coarse:min-h-11 coarse:items-center",
        className,
      )}
    >
      <span className={cn("relative inline-grid place-items-center", !hideLabel && "mt-0.5 coarse:mt-0")}>
        <input ref={box} type="checkbox" className={cn(mark, "rounded-[3px] focus-visible:rounded-[3px]")} {...wired} />
        <svg
          viewBox="0 0 14 14"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
          aria-hidden="true"
          className="pointer-events-none absolute size-3 text-accent-ink opacity-0 peer-checked:opacity-100 peer-indeterminate:opacity-100"
        >
          <path d={indeterminate ? "M3.5 7h7" : "m3 7.300 2.700 2.700L11 4.300"} />
        </svg>
      </span>
      <span className={hideLabel ? "sr-only" : ""}>
        {label}
        {help && <span className="block text-12 text-soft">{help}</span>}
      </span>
    </label>
  );
}

export function Radio({
  label,
  help,
  className,
  ...rest
}: Omit<ComponentPropsWithRef<"input">, "type"> & { label: ReactNode; help?: ReactNode }) {
  return (
    <label
      className={cn(
        "flex min-h-6 items-start gap-2 py-[3px] text-13 coarse:min-h-11 coarse:items-center coarse:text-14",
        className,
      )}
    >
      <span className="relative mt-0.5 inline-grid place-items-center coarse:mt-0">
        <input type="radio" className={cn(mark, "rounded-full focus-visible:rounded-full")} {...rest} />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute size-1.5 rounded-full bg-accent-ink opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span>
        {label}
        {help && <span className="block text-12 text-soft">{help}</span>}
      </span>
    </label>
  );
}
