import type { Metadata } from "next";
import type { ReactNode } from "react";

/** A letter's link must not travel on: not to a search engine, and not to the next site in a referrer. */
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: "no-referrer" };

/** Pages for people who are nobody's colleagues: no shell, one narrow column, the name of the house that wrote to them. */
export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[460px] flex-col px-5 pt-[clamp(2rem,10vh,6rem)] pb-12">
      {children}
    </main>
  );
}
