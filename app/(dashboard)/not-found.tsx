import type { Metadata } from "next";
import { FullPage } from "@/components/feedback/full-page";
import { OverviewLink } from "@/components/feedback/overview-link";

export const metadata: Metadata = { title: "Not found" };

/** What is looked for inside the shell, which has its own main part: a second one within would confuse readers of the page. */
export default function RoomNotFound() {
  return (
    <FullPage title="There is no page here" actions={<OverviewLink />}>
      It was deleted or erased, belongs to another workspace, or the address is mistyped.
    </FullPage>
  );
}
