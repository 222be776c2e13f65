"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import { itemsOf } from "@/lib/client/access";
import { type Activity, timelineQuery } from "@/lib/client/contacts";
import { holdsLasts, type Lane, lanesOf, legendOf, monthStarts, type Shape } from "./lanes";

/** Ninety days at a glance: what came, what went, on which channel; the frame is what stands in the time line below. */
export function ActivityStrip({
  activity,
  contactId,
  kind,
}: {
  activity: Activity;
  contactId: string;
  kind: string | null;
}) {
  const [isTable, setTable] = useState(false);
  const lanes = lanesOf(activity);
  const frame = useFrame(activity, contactId, kind);
  if (lanes.length === 0)
    return <p className="pt-1 pb-2 text-12 text-soft">Nothing happened with them in the last 90 days.</p>;
  return (
    <figure aria-label="The last 90 days" className="mb-3">
      {isTable ? <MomentTable lanes={lanes} /> : <Strip activity={activity} lanes={lanes} frame={frame} />}
      <figcaption className="mt-1 flex items-start gap-3 px-0.5 text-12 text-soft">
        <span className="min-w-0 grow">
          90 days{holdsLasts(lanes) && "; of messages, visits and orders the last of each kind"}. {legendOf(lanes)}
          {frame !== null && frame > 0 && !isTable && " Frame: what is below."}
        </span>
        <button
          type="button"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
          className="flex-none rounded-sm text-accent-text hover:underline coarse:min-h-11 coarse:px-2"
        >
          Table
        </button>
      </figcaption>
    </figure>
  );
}

/** Where the frame begins, as a share of the strip; null while the lines below are not known. */
function useFrame({ since, until }: Activity, contactId: string, kind: string | null): number | null {
  const { tenantUuid } = useSignedIn();
  const lines = useInfiniteQuery(timelineQuery(tenantUuid, contactId, kind));
  // The lines may be here before this part wakes up in the browser, and it must wake up as the server drew it.
  const [isAwake, setAwake] = useState(false);
  useEffect(() => setAwake(true), []);
  const oldest = itemsOf(lines.data).at(-1);
  if (!oldest || !isAwake) return null;
  const [from, to] = [Date.parse(since), Date.parse(until)];
  return Math.min(1, Math.max(0, (Date.parse(oldest.at) - from) / (to - from)));
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

function Strip({ activity, lanes, frame }: { activity: Activity; lanes: readonly Lane[]; frame: number | null }) {
  const { person, workspace } = useSignedIn();
  const months = monthStarts(activity.since, activity.until, {
    timeZone: person.timeZone ?? workspace.timeZone,
    locale: person.locale === "en" ? "en-GB" : person.locale,
  });
  return (
    <div
      aria-hidden="true"
      className="relative grid grid-cols-[64px_minmax(0,1fr)] gap-x-3 rounded-lg border border-line bg-surface py-1.5 pr-4 pl-2 sm:grid-cols-[80px_minmax(0,1fr)]"
    >
      <span />
      <span className="relative h-5">
        {months.map(({ label, share }) => (
          <span
            key={label}
            style={{ left: percent(share) }}
            className={cn("absolute top-0 text-12 text-faint", share > 0.9 ? "-translate-x-full pr-1" : "pl-1")}
          >
            {label}
          </span>
        ))}
      </span>
      {lanes.map((lane) => (
        <div key={lane.label} className="contents">
          <span className="truncate text-right text-12 leading-[18px] text-soft">{lane.label}</span>
          <span className="relative h-[18px] before:absolute before:inset-x-0 before:top-1/2 before:h-px before:bg-line">
            {lane.moments.map(({ moment, shape, share }) => (
              <span
                key={`${moment.kind} ${moment.at} ${moment.says}`}
                title={`${moment.says}, ${dayWords(moment.at, person.timeZone ?? workspace.timeZone)}`}
                style={{ left: percent(share), color: lane.color }}
                className={cn("absolute top-1/2 -translate-x-1/2 -translate-y-1/2", shapes[shape])}
              />
            ))}
          </span>
        </div>
      ))}
      <span className="pointer-events-none absolute inset-y-1.5 right-4 left-[84px] sm:left-[100px]">
        {months.map(({ label, share }) => (
          <span key={label} style={{ left: percent(share) }} className="absolute inset-y-0 w-px bg-line" />
        ))}
        {frame !== null && frame > 0 && (
          <span
            style={{ left: percent(frame) }}
            className="absolute top-[18px] -right-2 -bottom-0.5 -ml-1.5 rounded-sm border border-strong"
          />
        )}
      </span>
    </div>
  );
}

const shapes: Record<Shape, string> = {
  filled: "size-[7px] rounded-full bg-current",
  hollow: "size-[7px] rounded-full border-[1.5px] border-current bg-surface",
  square: "size-2 bg-current",
  diamond: "size-2 rotate-45 bg-current",
};

const dayWords = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "long" }).format(new Date(at));

/** The same moments to read and to walk through by keyboard, newest first. */
function MomentTable({ lanes }: { lanes: readonly Lane[] }) {
  const rows = lanes
    .flatMap(({ label, moments }) => moments.map(({ moment }) => ({ label, ...moment })))
    .sort((one, other) => (one.at < other.at ? 1 : -1));
  return (
    <section
      aria-label="The last 90 days as a table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a way in for the keyboard
      tabIndex={0}
      className="focus-inset max-h-60 overflow-auto rounded-lg border border-line bg-surface"
    >
      <table className="num w-full border-separate border-spacing-0 text-13">
        <thead className="sticky top-0 bg-surface">
          <tr>
            {["When", "Where", "What"].map((word) => (
              <th key={word} scope="col" className="h-[30px] border-b border-line px-3 text-left text-12 text-soft">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, at, kind, says }) => (
            <tr key={`${label} ${kind} ${at} ${says}`}>
              <td className="h-[30px] px-3 whitespace-nowrap">
                <Time at={at} />
              </td>
              <td className="h-[30px] px-3 text-soft">{label}</td>
              <td className="h-[30px] px-3">
                <bdi>{says}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
