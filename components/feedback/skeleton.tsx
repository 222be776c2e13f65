import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

/** Shown only when the answer takes longer than a blink. Room is kept from the start, so nothing jumps. */
export function Late({ children, label = "Loading" }: { children: ReactNode; label?: string }) {
  return (
    <div aria-busy="true" className="animate-late">
      <span className="sr-only" role="status">
        {label}
      </span>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}

export function Bone({
  width = "100%",
  height = 10,
  className,
}: {
  width?: number | string;
  height?: number;
  className?: string;
}) {
  return (
    <span
      className={cn("block max-w-full rounded-[3px] bg-line-strong opacity-50", className)}
      style={{ width, height }}
    />
  );
}

// Widths that look like words, the same each time: a server and a browser must draw the same.
const lengths = [0.62, 0.78, 0.54, 0.7, 0.58, 0.82, 0.66, 0.5];

/** The shape of a table. */
export function TableSkeleton({
  columns,
  rows = 5,
  dense = false,
}: {
  columns: readonly { header: string; width?: number | undefined; align?: "left" | "right" | undefined }[];
  rows?: number;
  dense?: boolean;
}) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex h-[30px] items-center gap-5 border-b border-line px-3.5 text-12 font-medium text-soft max-sm:hidden">
        {columns.map((column, at) => (
          <span
            key={column.header || at}
            className={cn("min-w-0 flex-1 truncate", column.align === "right" && "text-right")}
          >
            {column.header}
          </span>
        ))}
      </div>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of bones are all alike
          key={row}
          className={cn(
            "flex items-center gap-5 border-b border-line px-3.5 last:border-b-0 max-sm:h-[85px]",
            dense ? "h-[30px]" : "h-9",
          )}
        >
          {columns.map((column, at) => (
            <span
              key={column.header || at}
              className={cn(
                "flex min-w-0 flex-1",
                column.align === "right" && "justify-end",
                at > 1 && "max-sm:hidden",
              )}
            >
              <Bone
                width={`${Math.round((lengths[(row * 3 + at * 5) % lengths.length] ?? 0.6) * (column.align === "right" ? 60 : 90))}%`}
              />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** The shape of a form: labels above fields. */
export function FormSkeleton({ fields = 3 }: { fields?: number }) {
  return (
    <div className="grid max-w-[420px] gap-5">
      {Array.from({ length: fields }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields of bones are all alike
        <div key={at} className="grid gap-2">
          <Bone width={72 + ((at * 37) % 60)} />
          <Bone height={32} className="opacity-35" />
        </div>
      ))}
    </div>
  );
}

/** A few lines of text. */
export function TextSkeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className="grid gap-2.5">
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of bones are all alike
        <Bone key={at} width={`${Math.round((lengths[(at * 3) % lengths.length] ?? 0.6) * 100)}%`} />
      ))}
    </div>
  );
}
