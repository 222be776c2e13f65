import type { Metadata } from "next";
import { FullPage } from "@/components/feedback/full-page";
import { OverviewLink } from "@/components/feedback/overview-link";
import { BrandMark } from "@/components/shell/brand-mark";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main>
      <FullPage sign={<BrandMark size={28} />} title="There is no page here" actions={<OverviewLink />}>
        The address may be mistyped, or what it led to belongs to another workspace or was removed.
      </FullPage>
    </main>
  );
}
