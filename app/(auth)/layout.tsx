import type { ReactNode } from "react";
import { BrandMark } from "@/components/shell/brand-mark";
import { Madras } from "./_parts/madras";
import { ThemeChoice } from "./_parts/theme-choice";

/** The pages in front of the shell: one column, and on a wide screen a band of cloth beside it. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[clamp(92px,11vw,184px)_minmax(0,1fr)]">
      <div className="relative hidden lg:block">
        <div className="sticky top-0 h-dvh overflow-hidden border-r border-line">
          <Madras className="opacity-60" />
        </div>
      </div>
      <div className="flex flex-col px-5">
        <main className="mx-auto flex w-full max-w-[360px] grow flex-col pt-[clamp(2.5rem,13vh,8.5rem)] pb-12">
          <p className="mb-8 flex items-center gap-2.5 text-16 font-semibold tracking-[-0.01em]">
            <BrandMark size={26} />
            Madan Sara
          </p>
          {children}
        </main>
        <footer className="mx-auto w-full max-w-[360px] pb-5">
          <ThemeChoice />
        </footer>
      </div>
    </div>
  );
}
