"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentPropsWithRef } from "react";
import { cn } from "./class-names";
import { useControl } from "./field-context";
import { fieldEdge } from "./input";

export type Choice<Value extends string = string> = { value: Value; label: string; disabled?: boolean };

/** The system's own list: known to every finger and every reader, weighs nothing. */
export function Select({
  choices,
  placeholder,
  size = "field",
  className,
  ...rest
}: Omit<ComponentPropsWithRef<"select">, "size" | "children"> & {
  choices: readonly Choice[];
  placeholder?: string;
  /** `small` stands in a toolbar or a row. */
  size?: "field" | "small";
}) {
  const wired = useControl(rest);
  return (
    <span className={cn("relative inline-flex", size === "field" ? "w-full" : "", className)}>
      <select
        className={cn(
          fieldEdge,
          "w-full appearance-none focus-visible:rounded-md focus-visible:outline-offset-1",
          size === "field"
            ? "h-(--field) pr-8 pl-2.5"
            : "h-[26px] border-line pr-6 pl-[9px] !text-12 font-medium coarse:h-9 coarse:!text-13",
        )}
        {...wired}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className={cn(
          "pointer-events-none absolute top-1/2 -translate-y-1/2 text-faint",
          size === "field" ? "right-2.5" : "right-1.5 !size-3",
        )}
      />
    </span>
  );
}
