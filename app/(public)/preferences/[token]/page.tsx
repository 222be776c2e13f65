import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { channelLabels } from "@/lib/domain/channels/labels";
import type { Preferences } from "@/lib/domain/consent/preferences";
import { toWireId } from "@/lib/kernel/ids";
import { findPreferences, findWayOut, type WayOut } from "@/lib/services/consent/preferences";
import { openPageLink } from "../../_parts/open-link";
import { OneButton, PublicPage, TooOften } from "../../_parts/public-page";
import { type FormFields, readUndo } from "../../_parts/read-undo";

export const metadata: Metadata = { title: "What you receive" };

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ saved?: string | string[] }> };

export default async function PreferencesPage({ params, searchParams }: Props) {
  const { token } = await params;
  const holder = await openPageLink(token, "preferences");
  if (holder === "unknown") notFound();
  if (holder === "too_often") return <TooOften />;
  const preferences = await findPreferences(holder.ctx, holder.link);
  if (!preferences) return <Away wayOut={await findWayOut(holder.ctx, holder.link)} token={token} />;
  const { saved } = await searchParams;
  const action = `/api/preferences/${token}`;
  return (
    <PublicPage from={preferences.workspace} title="What you receive">
      {preferences.address && <p className="text-soft">For {preferences.address}. Every change counts at once.</p>}
      {saved !== undefined && <Saved action={action} undo={readUndo(saved)} />}
      <Choices action={action} preferences={preferences} />
    </PublicPage>
  );
}

/** Nothing is kept here of them now. They may come back with the next file, and their no must be here before them. */
function Away({ wayOut, token }: { wayOut: WayOut | null; token: string }) {
  if (!wayOut || wayOut.isDone)
    return (
      <PublicPage from={wayOut?.workspace ?? null} title="You are not on any list here">
        <p>Your data is not kept here any more, and nothing is sent to you. There is nothing left to do.</p>
      </PublicPage>
    );
  return (
    <PublicPage from={wayOut.workspace} title="You are not on any list here">
      <p className="mb-5">Your data is not kept here any more. To make sure that nothing comes later either, say so.</p>
      <OneButton
        action={`/api/preferences/${token}`}
        fields={{ change: "nothing" }}
        label="Never write to me"
        look="primary"
      />
    </PublicPage>
  );
}

function Saved({ action, undo }: { action: string; undo: FormFields | null }) {
  return (
    <div role="status" className="mt-4 flex items-center justify-between gap-3 rounded-md bg-good-soft px-3.5 py-2">
      <span>Saved.</span>
      {undo && <OneButton action={action} fields={undo} label="Undo" />}
    </div>
  );
}

function Choices({ action, preferences }: { action: string; preferences: Preferences }) {
  const { channels, topics } = preferences;
  const on = channels.filter((each) => each.isOn).map((each) => each.channel);
  const isStopped = channels.length > 0 && channels.every((each) => each.isStopped);
  return (
    <>
      <section aria-labelledby="channels" className="mt-7">
        <h2 id="channels" className="text-16">
          News and offers
        </h2>
        {channels.length === 0 && <p className="mt-1.5 text-soft">There is no address of yours here.</p>}
        {channels.map(({ channel, isOn }) => (
          <Choice
            key={channel}
            label={channelLabels[channel]}
            isOn={isOn}
            action={action}
            fields={{ change: "channels", channels: channel }}
          />
        ))}
      </section>
      {topics.length > 0 && (
        <section aria-labelledby="topics" className="mt-7">
          <h2 id="topics" className="text-16">
            Topics
          </h2>
          {on.length === 0 && <p className="mt-1.5 text-soft">Turn on a channel first to choose topics.</p>}
          {topics.map(({ id, name, description, isOn }) => (
            <Choice
              key={id}
              label={name}
              says={description}
              isOn={isOn && on.length > 0}
              isFixed={on.length === 0}
              action={action}
              fields={{ change: "topic", topic: toWireId("topic", id) }}
            />
          ))}
        </section>
      )}
      <section aria-labelledby="stop" className="mt-7">
        <h2 id="stop" className="text-16">
          Stop
        </h2>
        <div className="mt-2.5 flex flex-wrap gap-2.5">
          {on.length > 0 && (
            <OneButton
              action={action}
              fields={{ change: "channels", channels: on.join(","), is_on: "0" }}
              label="No more news and offers"
            />
          )}
          {!isStopped && channels.length > 0 && (
            <OneButton action={action} fields={{ change: "nothing" }} label="Send me nothing at all" />
          )}
        </div>
        <p className="mt-2.5 text-13 text-soft">
          {isStopped
            ? "You receive nothing at all, not even receipts. Turn on a channel above to hear from us again."
            : "“Nothing at all” also stops receipts and answers."}
        </p>
      </section>
    </>
  );
}

function Choice({
  label,
  says,
  isOn,
  isFixed = false,
  action,
  fields,
}: {
  label: string;
  says?: string | null;
  isOn: boolean;
  isFixed?: boolean;
  action: string;
  fields: FormFields;
}) {
  return (
    <div className="flex items-center justify-between gap-4 border-b border-line py-2.5">
      <div className="min-w-0">
        <p className="break-words">
          {label} <span className="text-13 text-soft">{isOn ? "on" : "off"}</span>
        </p>
        {says && <p className="text-13 text-soft">{says}</p>}
      </div>
      {!isFixed && (
        <OneButton
          action={action}
          fields={{ ...fields, is_on: isOn ? "0" : "1" }}
          label={isOn ? "Turn off" : "Turn on"}
          says={`${isOn ? "Turn off" : "Turn on"}: ${label}`}
        />
      )}
    </div>
  );
}
