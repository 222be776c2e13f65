import type { ReactNode } from "react";
import { cn } from "./class-names";

/** A ground with an edge: for tables and maps. Everything else is parted by hairlines. */
export function Panel({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn("rounded-lg border border-line bg-surface", className)}>{children}</div>;
}
