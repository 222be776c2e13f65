import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { findOptIn } from "@/lib/services/consent/confirm-opt-in";
import { openPageLink } from "../../_parts/open-link";
import { OneButton, PublicPage, TooOften } from "../../_parts/public-page";

export const metadata: Metadata = { title: "Please confirm" };

export default async function ConfirmPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const holder = await openPageLink(token, "confirm");
  if (holder === "unknown") notFound();
  if (holder === "too_often") return <TooOften />;
  const optIn = await findOptIn(holder.ctx, holder.link);
  switch (optIn.kind) {
    case "gone":
      return (
        <PublicPage from={null} title="This question is settled">
          <p>It was answered otherwise since, or your data is not kept here any more. There is nothing to do.</p>
        </PublicPage>
      );
    case "too_old":
      return (
        <PublicPage from={optIn.workspace} title="This letter is too old">
          <p>A question is good for seven days. Ask {optIn.workspace} to send you a new one.</p>
        </PublicPage>
      );
    case "confirmed":
      return (
        <PublicPage from={optIn.workspace} title="Thank you, it is noted">
          <p>{optIn.workspace} may write to you now. Every message carries a link to stop.</p>
        </PublicPage>
      );
    default:
      return (
        <PublicPage from={optIn.workspace} title={`May ${optIn.workspace} write to you?`}>
          <p className="mb-5">News and offers by e-mail. You can stop with one click at any time.</p>
          <OneButton action={`/api/confirm/${token}`} fields={{}} label="Yes, write to me" look="primary" />
          <p className="mt-5 text-13 text-soft">If you did not ask for this, close the page. Nothing is sent.</p>
        </PublicPage>
      );
  }
}
