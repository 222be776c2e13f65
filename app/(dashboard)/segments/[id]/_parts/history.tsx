"use client";

import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { ChartFrame } from "@/components/charts/chart-frame";
import { LineChart } from "@/components/charts/line-chart";
import type { Series } from "@/components/charts/series";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { Bone } from "@/components/feedback/skeleton";
import { Band } from "@/components/ui/page-head";
import { type Segment, type SegmentHistory, segmentHistoryQuery } from "@/lib/client/segments";

const series: readonly Series[] = [{ id: "size", label: "People" }];
const moves: readonly Series[] = [
  { id: "size", label: "People" },
  { id: "entered", label: "Came in" },
  { id: "left", label: "Left" },
];
const number = (value: number) => value.toLocaleString("en");
const dayWords = (at: string) =>
  new Date(`${at}T00:00:00Z`).toLocaleDateString("en", { day: "numeric", month: "short", timeZone: "UTC" });

/** How many there were on each of the last thirty days, and who came and left behind the picture. */
export default function History({ segment }: { segment: Segment }) {
  const { tenantUuid } = useSignedIn();
  const history = useQuery(segmentHistoryQuery(tenantUuid, segment.id));
  return (
    <>
      <QueryView
        query={history}
        skeleton={<Bone height={240} className="opacity-20" />}
        error={{ title: "The history did not load", safe: "It is kept." }}
        isEmpty={({ items }) => items.every(({ size, entered }) => size === 0 && entered === 0)}
        empty={
          <EmptyState title="There is no history yet" look="bare">
            It begins with the first people who come in.
          </EmptyState>
        }
      >
        {(data) => <Picture history={data} />}
      </QueryView>
      <Band title="Used by" says="What would change with this segment.">
        <p className="text-13 text-soft">Nothing yet. Campaigns and sequences that use it will be named here.</p>
      </Band>
    </>
  );
}

function Picture({ history }: { history: SegmentHistory }) {
  const { items } = history;
  const points = items.map(({ day, size, entered, left }) => ({ at: day, values: { size, entered, left } }));
  const [first = 0, last = 0] = [items[0]?.size, items.at(-1)?.size];
  const entered = items.reduce((sum, day) => sum + day.entered, 0);
  const left = items.reduce((sum, day) => sum + day.left, 0);
  const title =
    last === first
      ? `${number(last)} people, as thirty days ago`
      : `${number(last)} people, ${number(Math.abs(last - first))} ${last > first ? "more" : "fewer"} than thirty days ago`;
  return (
    <div className="mb-5">
      <ChartFrame
        title={title}
        says={`${number(entered)} came in and ${number(left)} left.`}
        series={moves}
        points={points}
        format={number}
        atHeader="Day"
        formatAt={dayWords}
      >
        <LineChart label={title} series={series} points={points} format={number} formatAt={dayWords} names="off" />
      </ChartFrame>
    </div>
  );
}
