import type { Metadata } from "next";
import { FullPage } from "@/components/feedback/full-page";
import { BrandMark } from "@/components/shell/brand-mark";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main>
      <FullPage
        sign={<BrandMark size={28} />}
        title="There is no page here"
        actions={<ButtonLink href="/overview">Go to the overview</ButtonLink>}
      >
        The address may be mistyped, or what it led to belongs to another workspace or was removed.
      </FullPage>
    </main>
  );
}
