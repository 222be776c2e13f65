import type { Metadata } from "next";
import { FullPage } from "@/components/feedback/full-page";
import { BrandMark } from "@/components/shell/brand-mark";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main>
      <FullPage
        sign={<BrandMark size={28} />}
        title="There is no page here"
        // A plain link: this page is sent along with every other, and the button would bring its machinery twice.
        actions={
          <a
            href="/overview"
            className="inline-flex h-(--control) items-center rounded-md border border-line-strong bg-surface px-[11px] text-13 font-medium hover:bg-hover coarse:text-14"
          >
            Go to the overview
          </a>
        }
      >
        The address may be mistyped, or what it led to belongs to another workspace or was removed.
      </FullPage>
    </main>
  );
}
