"use client";

import type { ComponentPropsWithRef, ReactNode } from "react";
import { cn } from "./class-names";
import { useControl } from "./field-context";

const edge =
  "rounded-md border border-line-field bg-surface text-14 text-ink coarse:text-16 has-aria-invalid:border-bad has-aria-invalid:inset-ring-1 has-aria-invalid:inset-ring-bad aria-invalid:border-bad aria-invalid:inset-ring-1 aria-invalid:inset-ring-bad";
const offLook = "disabled:bg-sunken disabled:text-faint has-disabled:bg-sunken";

/** A line of text, with what stands before and after it inside the same edge. */
export function Input({
  before,
  after,
  className,
  ...rest
}: ComponentPropsWithRef<"input"> & { before?: ReactNode; after?: ReactNode }) {
  const wired = useControl(rest);
  if (!before && !after)
    return (
      <input
        className={cn(
          edge,
          offLook,
          "h-(--field) w-full px-2.5 focus-visible:rounded-md focus-visible:outline-offset-1",
          className,
        )}
        {...wired}
      />
    );
  return (
    <span
      className={cn(
        edge,
        offLook,
        "flex h-(--field) w-full items-center gap-2 px-2.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent",
        className,
      )}
    >
      {before && <span className="flex-none text-faint">{before}</span>}
      <input className="h-full min-w-0 grow bg-transparent outline-none" {...wired} />
      {after && <span className="flex-none text-12 text-faint">{after}</span>}
    </span>
  );
}

export function Textarea({ className, rows = 4, ...rest }: ComponentPropsWithRef<"textarea">) {
  const wired = useControl(rest);
  return (
    <textarea
      rows={rows}
      className={cn(
        edge,
        offLook,
        "field-sizing-content max-h-96 min-h-20 w-full resize-y px-2.5 py-1.5 focus-visible:rounded-md focus-visible:outline-offset-1",
        className,
      )}
      {...wired}
    />
  );
}

export const fieldEdge = cn(edge, offLook);
