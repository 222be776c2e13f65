import type { Metadata } from "next";
import { FullPage } from "@/components/feedback/full-page";

export const metadata: Metadata = { title: "Not found" };

/** What is looked for inside the shell, which has its own main part: a second one within would confuse readers of the page. */
export default function RoomNotFound() {
  return (
    <FullPage
      title="There is no page here"
      actions={
        <a
          href="/overview"
          className="inline-flex h-(--control) items-center rounded-md border border-line-strong bg-surface px-[11px] text-13 font-medium hover:bg-hover coarse:text-14"
        >
          Go to the overview
        </a>
      }
    >
      It was deleted or erased, belongs to another workspace, or the address is mistyped.
    </FullPage>
  );
}
