import type { ReactNode } from "react";

/** The head of a part that fills the width of a page: what it is, one sentence, its act at the right. */
export function SectionHead({
  id,
  title,
  says,
  action,
}: {
  id?: string;
  title: string;
  says?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
      <div className="min-w-0 grow basis-72">
        <h2 id={id} className="scroll-mt-4 text-16 tracking-[-0.01em]">
          {title}
        </h2>
        {says && <p className="mt-0.5 max-w-[72ch] text-13 text-soft">{says}</p>}
      </div>
      {action}
    </div>
  );
}
