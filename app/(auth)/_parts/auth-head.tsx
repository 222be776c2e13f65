"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** What this page is for, in one line and at most one sentence. */
export function AuthHead({
  title,
  children,
  takesFocus = false,
}: {
  title: string;
  children?: ReactNode;
  /** Where the page turned into another one without loading: the reader is told. */
  takesFocus?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <header className="mb-5">
      <h1 ref={heading} tabIndex={-1} className="outline-none">
        {title}
      </h1>
      {children && <div className="mt-1 text-14 text-pretty text-soft">{children}</div>}
    </header>
  );
}

/** The ways on that are not this page's act. */
export function AuthFoot({ children }: { children: ReactNode }) {
  return <div className="mt-6 grid gap-2 border-t border-line pt-4 text-13 text-soft">{children}</div>;
}
