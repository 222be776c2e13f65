import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export function Section({
  title,
  says,
  span = 12,
  children,
}: {
  title: string;
  says?: string;
  span?: 4 | 5 | 6 | 7 | 8 | 12;
  children: ReactNode;
}) {
  const spans = {
    4: "lg:col-span-4",
    5: "lg:col-span-5",
    6: "lg:col-span-6",
    7: "lg:col-span-7",
    8: "lg:col-span-8",
    12: "lg:col-span-12",
  };
  return (
    <section className={cn("col-span-12 min-w-0 border-t border-line-strong pt-3 pb-8", spans[span])}>
      <h2 className="mb-3.5 text-14">
        {title} {says && <small className="ml-1.5 text-12 font-normal text-soft">{says}</small>}
      </h2>
      {children}
    </section>
  );
}
