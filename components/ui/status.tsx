import type { ReactNode } from "react";
import { cn } from "./class-names";

export type Tone = "good" | "waiting" | "bad" | "info" | "quiet";
export type StatusShape = "full" | "half" | "ring" | "diamond" | "triangle" | "square" | "cross" | "dashed" | "bar";

const toneText: Record<Tone, string> = {
  good: "text-good",
  waiting: "text-waiting",
  bad: "text-bad",
  info: "text-info",
  quiet: "text-quiet",
};

/** A shape and a word, never colour alone. */
export function Status({
  tone,
  shape,
  children,
  className,
}: {
  tone: Tone;
  shape: StatusShape;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap align-middle text-13 font-book",
        tone === "quiet" ? "text-soft" : "text-ink",
        className,
      )}
    >
      <StatusMark tone={tone} shape={shape} />
      {children}
    </span>
  );
}

export function StatusMark({ tone, shape }: { tone: Tone; shape: StatusShape }) {
  return (
    <svg className={cn("size-2.5 flex-none", toneText[tone])} viewBox="0 0 10 10" fill="none" aria-hidden="true">
      {shapes[shape]}
    </svg>
  );
}

const ring = <circle cx="5" cy="5" r="3.4" stroke="currentColor" strokeWidth="1.5" />;

const shapes: Record<StatusShape, ReactNode> = {
  full: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  ring,
  half: (
    <>
      {ring}
      <path d="M5 1.6a3.4 3.4 0 0 1 0 6.8z" fill="currentColor" />
    </>
  ),
  dashed: <circle cx="5" cy="5" r="3.4" stroke="currentColor" strokeWidth="1.5" strokeDasharray="1.8 1.76" />,
  triangle: <path d="M5 .8 9.6 9H.4z" fill="currentColor" />,
  square: <rect x="1.2" y="1.2" width="7.6" height="7.6" rx="1" fill="currentColor" />,
  bar: <rect x="1" y="4" width="8" height="2" rx="1" fill="currentColor" />,
  diamond: <path d="M5 .6 9.4 5 5 9.4.6 5z" fill="currentColor" />,
  cross: <path d="m2 2 6 6M8 2 2 8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
};
