import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import type { Tone } from "./status";

const grounds: Record<Tone, string> = {
  good: "bg-good-soft [&>svg]:text-good",
  waiting: "bg-waiting-soft [&>svg]:text-waiting",
  bad: "bg-bad-soft [&>svg]:text-bad",
  info: "bg-info-soft [&>svg]:text-info",
  quiet: "border border-line bg-surface [&>svg]:text-faint",
};
const icons: Record<Tone, typeof Info> = {
  good: CircleCheck,
  waiting: TriangleAlert,
  bad: CircleAlert,
  info: Info,
  quiet: Info,
};

/** A sentence that stands in the page, with its action at the right. */
export function Note({
  tone = "quiet",
  action,
  children,
  className,
  ...rest
}: {
  tone?: Tone;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
  id?: string;
  role?: "status" | "alert";
}) {
  const Icon = icons[tone];
  return (
    <div className={cn("flex items-start gap-2.5 rounded-md px-3 py-2.5 text-13", grounds[tone], className)} {...rest}>
      <Icon aria-hidden="true" className="mt-px" />
      <div className="min-w-0 grow">{children}</div>
      {action && <div className="-my-1 flex-none self-center">{action}</div>}
    </div>
  );
}
