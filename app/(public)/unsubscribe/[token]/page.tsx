import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { channelLabels } from "@/lib/domain/channels/labels";
import { preferenceLinks } from "@/lib/services/consent/preference-links";
import { findWayOut } from "@/lib/services/consent/preferences";
import { openPageLink } from "../../_parts/open-link";
import { OneButton, PublicPage, TooOften } from "../../_parts/public-page";

export const metadata: Metadata = { title: "Unsubscribe" };

/** Looking at it changes nothing: scanners follow links. The button does, at once. */
export default async function UnsubscribePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const holder = await openPageLink(token, "unsubscribe");
  if (holder === "unknown") notFound();
  if (holder === "too_often") return <TooOften />;
  const { ctx, link } = holder;
  const wayOut = await findWayOut(ctx, link);
  if (!wayOut) {
    return (
      <PublicPage from={null} title="You are not on any list here">
        <p>Your data is not kept here any more, so nothing is sent to you. There is nothing left to do.</p>
      </PublicPage>
    );
  }
  const { workspace, channel, topic, isDone, isAway } = wayOut;
  const what = topic ? `“${topic}”` : `marketing by ${channelLabels[channel]}`;
  const { preferencesUrl } = preferenceLinks(ctx, link.contactId, channel);
  const more = !isAway && (
    <a className="underline decoration-line-strong underline-offset-4" href={new URL(preferencesUrl).pathname}>
      Choose what you receive
    </a>
  );
  if (isDone) {
    return (
      <PublicPage from={workspace} title="You are unsubscribed">
        <p>You get no more {what}. It counts from now on.</p>
        <p className="mt-5">{more}</p>
      </PublicPage>
    );
  }
  return (
    <PublicPage from={workspace} title={`Stop ${what}?`}>
      <p className="mb-5">
        One click, and it ends. Receipts and answers to what you ask still reach you. You can sign up again at any time.
      </p>
      <OneButton
        action={`/api/unsubscribe/${token}`}
        fields={{ "List-Unsubscribe": "One-Click", from: "page" }}
        label="Unsubscribe"
        look="primary"
      />
      <p className="mt-6">{more}</p>
    </PublicPage>
  );
}
