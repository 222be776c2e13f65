import { cn } from "./class-names";

export function Spinner({ className }: { className?: string }) {
  return (
    <svg className={cn("busy-ring size-3.5 flex-none", className)} viewBox="0 0 14 14" aria-hidden="true" fill="none">
      <circle cx="7" cy="7" r="5.5" stroke="currentColor" strokeWidth="1.7" opacity=".3" />
      <path d="M7 1.5A5.5 5.5 0 0 1 12.5 7" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
    </svg>
  );
}
