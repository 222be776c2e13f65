import type { ReactNode } from "react";
import { cn } from "./class-names";
import type { Tone } from "./status";

const tones: Record<Tone | "line", string> = {
  good: "bg-good-soft text-good",
  waiting: "bg-waiting-soft text-waiting",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
  quiet: "bg-quiet-soft text-soft",
  line: "text-soft inset-ring inset-ring-line-strong",
};

export function Tag({ tone = "quiet", children }: { tone?: Tone | "line"; children: ReactNode }) {
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-[5px] whitespace-nowrap rounded-sm px-1.5 align-middle text-12 font-medium [&_svg.lucide]:size-3",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
