import type { ReactNode } from "react";

/** Title, one sentence only if it helps, and at the right the one primary action. */
export function PageHead({
  title,
  children,
  actions,
}: {
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-4 flex flex-wrap items-end gap-x-3 gap-y-2">
      <div className="min-w-0 grow basis-64">
        <h1>{title}</h1>
        {children && <p className="mt-0.5 max-w-[72ch] text-13 text-soft">{children}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** The usual margins of a page inside the shell. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="max-w-[1228px] px-4 pt-5 pb-10 sm:px-6">{children}</div>;
}

/** A part of a page: what it is and one sentence at the left, the thing itself at the right. */
export function Band({ title, children, says }: { title: ReactNode; says?: ReactNode; children: ReactNode }) {
  return (
    <section className="grid gap-x-6 gap-y-3 border-t border-line py-5 first-of-type:border-t-0 first-of-type:pt-1 lg:grid-cols-[172px_minmax(0,1fr)]">
      <div>
        <h2 className="text-16 tracking-[-0.01em]">{title}</h2>
        {says && <p className="mt-0.5 max-w-[52ch] text-12 text-soft">{says}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
