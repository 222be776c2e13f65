"use client";

import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { ChartFrame } from "@/components/charts/chart-frame";
import type { Point, Series } from "@/components/charts/series";
import { HoursChart } from "@/components/engine/hours-chart";
import { Bone, Late } from "@/components/feedback/skeleton";
import { cn } from "@/components/ui/class-names";
import { TextLink } from "@/components/ui/text-link";
import { runSummaryQuery, type RunSummary as Summary } from "@/lib/client/engine";

const series: Series[] = [
  { id: "completed", label: "Completed", color: "var(--line-field)" },
  { id: "failed", label: "Failed", color: "var(--tone-bad)" },
];

/** What is going now, and how the last day went. A glance: where it does not load, the list below still does. */
export default function RunSummary() {
  const { tenantUuid, person, workspace } = useSignedIn();
  const { data } = useQuery(runSummaryQuery(tenantUuid));
  if (!data)
    return (
      <Late label="Counting runs">
        <Bone height={96} className="mb-5 opacity-20" />
      </Late>
    );
  const clock = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: person.timeZone ?? workspace.timeZone,
  });
  const formatAt = (at: string) => clock.format(new Date(at));
  const title = titleOf(data.day);
  const most = Math.max(...data.hours.map((hour) => hour.completed + hour.failed));
  const points = data.hours.map(
    (hour): Point => ({
      at: hour.at,
      values: { completed: hour.completed, failed: hour.failed },
    }),
  );
  return (
    <div className="mb-5 grid gap-x-10 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.7fr)]">
      <dl className="grid grid-cols-4 content-start gap-x-4 gap-y-3 max-lg:max-w-[560px]">
        <Amount
          name="Going now"
          says="Being worked on at this moment"
          value={data.now.running}
          isAtLeast={data.now.isAtLeast}
        />
        <Amount
          name="Queued"
          says="Due, put off, or waiting for a slot or a next try"
          value={data.now.queued}
          isAtLeast={data.now.isAtLeast}
        />
        <Amount
          name="Sleeping"
          says="Until a time of their own"
          value={data.now.sleeping}
          isAtLeast={data.now.isAtLeast}
        />
        <Amount
          name="Waiting"
          says="For an event or another function"
          value={data.now.waiting}
          isAtLeast={data.now.isAtLeast}
        />
        <div className="col-span-4 border-t border-line pt-3 text-13 text-soft">
          <dt className="sr-only">In the last 24 hours</dt>
          <dd className="num">
            {data.day.failed > 0 ? (
              <TextLink href="/runs?status=failed" look="ink">
                See the {data.day.failed === 1 ? "one" : data.day.failed.toLocaleString("en")} that failed
              </TextLink>
            ) : (
              "No failure"
            )}
            {data.day.cancelled > 0 && `, ${data.day.cancelled.toLocaleString("en")} cancelled`}
          </dd>
        </div>
      </dl>
      <ChartFrame
        title={title}
        {...(most > 0 ? { says: `At most ${most.toLocaleString("en")} in one hour` } : {})}
        series={series}
        points={points}
        format={(value) => value.toLocaleString("en")}
        atHeader="Hour"
        formatAt={formatAt}
        legend="blocks"
      >
        <HoursChart hours={data.hours} label={`${title}, hour by hour`} formatAt={formatAt} />
      </ChartFrame>
    </div>
  );
}

function titleOf({ completed, failed }: Summary["day"]): string {
  const ended = completed + failed;
  if (ended === 0) return "Nothing ended in the last 24 hours";
  const runs = `${ended.toLocaleString("en")} ${ended === 1 ? "run" : "runs"} ended in the last 24 hours`;
  if (failed === 0) return `${runs}, all well`;
  return completed === 0 ? `${runs}, none well` : `${runs}, ${failed.toLocaleString("en")} of them failed`;
}

function Amount({ name, says, value, isAtLeast }: { name: string; says: string; value: number; isAtLeast: boolean }) {
  return (
    <div title={says}>
      <dt className="text-12 text-soft">{name}</dt>
      <dd className={cn("num text-20 font-strong tracking-[-0.01em]", value === 0 && "text-faint")}>
        {value.toLocaleString("en")}
        {isAtLeast && value > 0 && "+"}
      </dd>
    </div>
  );
}
