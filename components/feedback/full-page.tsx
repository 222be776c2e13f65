import type { ReactNode } from "react";

/** A page that stands alone: not found, broken, no line. It says what happened, what is safe, and the way back. */
export function FullPage({
  sign,
  title,
  children,
  actions,
}: {
  sign?: ReactNode;
  title: string;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <div className="grid min-h-[72dvh] place-items-center px-6 py-16">
      <div className="w-full max-w-md">
        {sign && <p className="mb-2 text-13 text-faint">{sign}</p>}
        <h1>{title}</h1>
        <div className="mt-1.5 text-14 text-soft">{children}</div>
        <div className="mt-5 flex flex-wrap gap-2">{actions}</div>
      </div>
    </div>
  );
}
