"use client";

import { Plus, X } from "lucide-react";
import type { ComponentPropsWithRef, ReactNode } from "react";
import { cn } from "./class-names";

const base =
  "relative inline-flex h-[26px] items-center gap-1.5 whitespace-nowrap rounded-md border bg-surface text-12 coarse:h-9 coarse:text-13 [&_b]:font-strong [&_svg.lucide]:size-3 [&_svg.lucide]:text-faint";

/** One filter in force: what it is about, its value, and a way out. */
export function Chip({
  label,
  value,
  onRemove,
  onOpen,
}: {
  label: string;
  value: ReactNode;
  onRemove?: () => void;
  onOpen?: () => void;
}) {
  const words = (
    <>
      <span className="text-soft">{label}</span> <b>{value}</b>
    </>
  );
  return (
    <span
      className={cn(
        base,
        "border-line",
        onRemove ? "pr-0.5" : "",
        onOpen ? "pl-0" : "pl-[9px]",
        !onRemove && !onOpen && "pr-[9px]",
      )}
    >
      {onOpen ? (
        <button type="button" onClick={onOpen} className="h-full rounded-md pr-1 pl-[9px] hover:bg-hover">
          {words}
        </button>
      ) : (
        words
      )}
      {onRemove && (
        <button
          type="button"
          onClick={onRemove}
          aria-label={`Remove filter: ${label}`}
          className="relative grid size-6 place-items-center rounded-sm hover:bg-sunken coarse:h-9 coarse:w-11 coarse:after:absolute coarse:after:inset-x-0 coarse:after:-inset-y-1 coarse:after:content-['']"
        >
          <X aria-hidden="true" />
        </button>
      )}
    </span>
  );
}

/** The dashed chip that adds a filter. */
export function AddChip({ children, className, ...rest }: ComponentPropsWithRef<"button">) {
  return (
    <button
      type="button"
      className={cn(
        base,
        "coarse:after:absolute coarse:after:inset-x-0 coarse:after:-inset-y-1 coarse:after:content-[''] border-dashed border-line-strong px-[9px] text-soft hover:bg-hover hover:text-ink",
        className,
      )}
      {...rest}
    >
      <Plus aria-hidden="true" />
      {children}
    </button>
  );
}
