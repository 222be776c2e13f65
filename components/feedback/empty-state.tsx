import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

/** What would be here, why one wants it, and the first step towards it. */
export function EmptyState({
  title,
  children,
  action,
  look = "panel",
}: {
  title: string;
  children?: ReactNode;
  /** The first act; at most one more beside it. */
  action?: ReactNode;
  look?: "panel" | "bare";
}) {
  return (
    <div
      className={cn(
        "flex min-h-[212px] flex-col items-start justify-center px-7 py-8",
        look === "panel" && "rounded-lg border border-line bg-surface",
      )}
    >
      <h2>{title}</h2>
      {children && <div className="mt-1 max-w-[44ch] text-13 text-soft">{children}</div>}
      {action && <div className="mt-3.5 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
