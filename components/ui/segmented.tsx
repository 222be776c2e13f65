"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./class-names";

/** Two to four ways of seeing the same thing. Radio buttons underneath: arrows move, one stop for Tab. */
export function Segmented<Value extends string>({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly { value: Value; label: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const group = useId();
  return (
    <fieldset className="inline-flex max-w-full overflow-x-auto rounded-md border border-line-strong bg-surface has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={cn(
            "relative inline-flex h-7 flex-none whitespace-nowrap cursor-pointer items-center gap-1.5 border-l border-line px-2.5 text-12 first-of-type:border-l-0 coarse:h-11 coarse:text-13",
            choice.value === value
              ? "bg-sunken font-strong text-ink"
              : "font-book text-soft hover:bg-hover hover:text-ink",
          )}
        >
          <input
            type="radio"
            name={group}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0"
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
